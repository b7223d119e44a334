import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreBackup } from '@vpn-kiosk/db'
import { createTestDatabase } from '@vpn-kiosk/db/testing'
import { dayMs, money, ProviderRefused, ProviderUnclear, ProviderUnreachable } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, onTestFinished, test } from 'vitest'

import { readBooks } from './books.ts'

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const received = roubles(299)

interface Paid {
  readonly reference: string
  readonly paidAt: Date
}

/** A shop whose provider lists only what was paid since the moment that it is asked about. */
function listing(payments: readonly Paid[], { of = world, ends = null as Error | null } = {}) {
  const asked: Date[] = []
  const shop = of.shopWith({
    ...of.provider,
    async *listPayments(since: Date) {
      asked.push(since)
      yield payments
        .filter(({ paidAt }) => paidAt >= since)
        .map(({ reference }) => ({ reference, paymentId: null, received, refunded: null }))
      if (ends) throw ends
    },
  } as typeof world.provider)
  return { shop, asked }
}

test('a backup of two weeks ago finds, when it is restored, what was paid since', async () => {
  const file = join(tmpdir(), `compared-${process.pid}.backup.gz`)
  onTestFinished(() => rm(file, { force: true }))
  await listing([]).shop.reconcilePayments()
  await world.fixture.database.createBackup(file, world.clock.now())
  world.clock.advance(2 * dayMs)
  const lost = [{ reference: 'paid-after-backup', paidAt: world.clock.now() }]
  for (let day = 0; day < 12; day += 1) {
    world.clock.advance(dayMs)
    await listing([]).shop.reconcilePayments()
  }
  const target = await createTestDatabase(inject('postgresUrl'))
  await restoreBackup(target.url, file, true)
  const restored = await createTestShop(inject('postgresUrl'), { fixture: target, startsAt: world.clock.now() })
  onTestFinished(() => restored.close())
  expect(await listing(lost, { of: restored }).shop.reconcilePayments()).toBe(1)
  expect(await target.database.em().execute('select reference from payment_webhooks')).toEqual(
    lost.map(({ reference }) => ({ reference })),
  )
})

test('a comparison that did not come to its end is begun again where it began, and one of the future was never made', async () => {
  await listing([]).shop.reconcilePayments()
  const before = world.clock.now()
  world.clock.advance(10 * dayMs)
  await listing([], { ends: new ProviderUnreachable('the list broke off') }).shop.reconcilePayments()
  world.clock.advance(dayMs)
  const { shop, asked } = listing([])
  await shop.reconcilePayments()
  await shop.reconcilePayments()
  world.clock.advance(-2 * dayMs)
  await shop.reconcilePayments()
  const daysBack = asked.map((since) => (world.clock.now().getTime() - since.getTime()) / dayMs)
  expect(asked[0]!.getTime()).toBeLessThan(before.getTime())
  expect(daysBack.slice(1)).toEqual([2, 4])
})

test('a list that cannot be read whole reaches staff, and what could be read of it is seen to', async () => {
  const unclear = new ProviderUnclear('the list has a strange payment', '{"id":5}')
  const lost = [{ reference: 'beside-the-strange', paidAt: world.clock.now() }]
  for (const _ of [1, 2]) await listing(lost, { ends: unclear }).shop.reconcilePayments()
  expect(await em().execute('select reference from payment_webhooks')).toEqual([{ reference: 'beside-the-strange' }])
  expect(await em().execute(`select content->>'sentence' as said from alert_events`)).toEqual([
    { said: 'the list has a strange payment: {"id":5}' },
  ])
})

test('money that no payment asked for, and of which the provider says nothing clear, reaches staff once', async () => {
  const at = world.clock.now()
  const stray = [{ reference: 'stray', paidAt: at }]
  await listing(stray).shop.reconcilePayments()
  const [webhook] = await em().execute<{ id: string }[]>('select id from payment_webhooks')
  const told = () => em().execute<{ kind: string }[]>(`select content->>'kind' as kind from alert_events order by id`)
  const refuse = async () => {
    throw new ProviderRefused('no such key')
  }
  const refusing = world.shopWith({ ...world.provider, fetchStatus: refuse })
  await expect(refusing.inspectWebhook(webhook!.id)).rejects.toThrow('no such key')
  expect(await told()).toEqual([{ kind: 'provider_refused' }])
  const unclear = async () => {
    throw new ProviderUnclear('another shape', '[]')
  }
  const answers = [unclear, async () => ({ kind: 'pending', unknownWord: 'Succeeded' }) as const]
  for (const fetchStatus of answers) {
    await world.shopWith({ ...world.provider, fetchStatus }).inspectWebhook(webhook!.id)
    expect((await told()).at(-1)).toEqual({ kind: 'unmatched_payment' })
    await em().execute(`update payment_webhooks set told_at = null`)
    await em().execute(`delete from alert_events where content->>'kind' = 'unmatched_payment'`)
  }
})

test('a fee that the list says is what the books have of it, booked once', async () => {
  await world.addServer()
  const fee = money(1_047n, 'RUB')
  const listed = (reference: string) => ({ reference, paymentId: null, received, refunded: null, fee })
  const open = async (name: string) => {
    const customer = await world.addCustomer(name)
    const opened = await world.openInvoice(customer)
    world.provider.pay(opened.reference)
    return opened
  }
  const silent = await open('Silent')
  await world.shop.settlePayment(silent.paymentId)
  const said = await open('Said')
  const own = { kind: 'paid', received, paidAt: null, fee: money(900n, 'RUB') } as const
  world.provider.answer(said.reference, own)
  await world.shop.settlePayment(said.paymentId)
  const unpaid = await open('Unpaid')
  world.provider.list([silent, said, unpaid].map(({ reference }) => listed(reference)))
  for (const _ of [1, 2]) await Promise.all([world.shop.reconcilePayments(), world.shop.reconcilePayments()])
  const feesOf = async (paymentId: string) =>
    (await readBooks(world, paymentId)).filter(({ account }) => account === 'fees').map(({ minor }) => minor)
  expect(await feesOf(silent.paymentId)).toEqual([1_047n])
  expect(await feesOf(said.paymentId)).toEqual([1_047n])
  expect(await feesOf(unpaid.paymentId)).toEqual([])
  const ofProvider = (await readBooks(world, silent.paymentId)).find(({ account }) => account === 'provider:fake')
  expect(ofProvider?.minor).toBe(received.minor - 1_047n)
  expect(await world.shop.checkBooks()).toEqual([])
})
