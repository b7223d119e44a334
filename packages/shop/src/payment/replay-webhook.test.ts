import type { Id } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()

async function store(reference: string, key = `payment.succeeded:${reference}`): Promise<Id<'webhook'>> {
  const id = `whk_${reference.slice(-20).padStart(20, '0')}` as Id<'webhook'>
  await em().execute(
    `insert into payment_webhooks (id, provider, key, reference, payment_id, summary, received_at, told_at)
     values (?, 'fake', ?, ?, null, '{"status": "succeeded"}', ?, ?)`,
    [id, key, reference, world.clock.now(), world.clock.now()],
  )
  return id
}
const unhandled = async () => {
  const seen = await world.shop.listWebhooks(owner, { isUnhandled: true })
  return seen.kind === 'seen' ? seen.value.map(({ id }) => id) : null
}

test('a webhook whose payment came later is worked on again, and settles it once', async () => {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  const id = await store(reference)
  world.provider.pay(reference)
  expect(await unhandled()).toEqual([id])
  expect((await world.shop.getBacklog()).cases).toEqual({ open: 1, oldestAt: world.clock.now() })
  const replay = () => world.shop.replayWebhook(owner, id)
  expect(await Promise.all([replay(), replay()])).toEqual([
    { kind: 'replayed', paymentId },
    { kind: 'replayed', paymentId },
  ])
  await world.shop.settlePayment(paymentId)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'already_settled' })
  expect(await unhandled()).toEqual([])
  expect((await world.shop.getBacklog()).cases).toEqual({ open: 0, oldestAt: null })
})

test('one that fits no payment is asked about, and closed by whoever may move money', async () => {
  const id = await store('inv-of-somebody-else')
  expect(await world.shop.replayWebhook(owner, id)).toEqual({ kind: 'no_payment' })
  await world.shop.addStaff(owner, { telegramId: 7n, name: 'Max', role: 'support' })
  expect(await world.shop.closeWebhook(7n, id)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.closeWebhook(owner, id)).toEqual({ kind: 'closed' })
  expect(await world.shop.closeWebhook(owner, id)).toEqual({ kind: 'already_closed' })
  const seen = await world.shop.findWebhook(owner, id)
  expect(seen).toMatchObject({ value: { handledAt: world.clock.now(), summary: { status: 'succeeded' } } })
})

test('an unknown one is said to be so, and a stranger learns nothing', async () => {
  const id = 'whk_00000000000000000000' as Id<'webhook'>
  expect(await world.shop.replayWebhook(owner, id)).toEqual({ kind: 'unknown_webhook' })
  expect(await world.shop.findWebhook(owner, id)).toEqual({ kind: 'seen', value: null })
  for (const seen of [
    await world.shop.listWebhooks(99n, { isUnhandled: true }),
    await world.shop.findWebhook(99n, id),
    await world.shop.replayWebhook(99n, id),
    await world.shop.closeWebhook(99n, id),
  ])
    expect(seen).toEqual({ kind: 'forbidden' })
})
