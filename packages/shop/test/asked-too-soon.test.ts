import { ProviderBusy, ProviderUnreachable } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterAll(() => world.close())

test('a remembered answer is asked about anew as soon as it may be, however many checks there were', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  for (const _ of [1, 2, 3, 4]) await world.shop.settlePayment(paymentId)
  const askAgainAt = new Date(world.clock.now().getTime() + 20_000)
  world.provider.answer(reference, { kind: 'pending', askAgainAt })
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'pending' })
  const rows = await world.fixture.database
    .em()
    .execute('select next_check_at, checks from payments where id = ?', [paymentId])
  expect(rows).toEqual([{ next_check_at: askAgainAt, checks: 4 }])
})

test('a purchase says to the provider whether it is asked for the first time', async () => {
  const customer = await world.addCustomer()
  const [plan] = await world.shop.listPlans()
  const asked: unknown[] = []
  const shop = world.shopWith({
    ...world.provider,
    createInvoice: async ({ isFirst, paymentId }) => {
      asked.push([paymentId, isFirst])
      throw new ProviderUnreachable('no answer')
    },
  })
  const request = { customerId: customer.id, planId: plan!.id, providerId: 'fake', returnUrl: '', description: '' }
  for (const _ of [1, 2]) await shop.startPurchase(request)
  const [[id]] = asked as [[string]]
  expect(asked).toEqual([
    [id, true],
    [id, false],
  ])
})

test('a provider that was asked a moment ago has simply nothing new to tell', async () => {
  const customer = await world.addCustomer()
  const { paymentId } = await world.openInvoice(customer)
  const shop = world.shopWith({
    ...world.provider,
    fetchStatus: async () => {
      throw new ProviderBusy('fake asks for fewer calls', 20_000)
    },
  })
  expect(await shop.checkPayment(customer.id, paymentId)).toMatchObject({ kind: 'pending' })
  await expect(shop.settlePayment(paymentId)).rejects.toBeInstanceOf(ProviderBusy)
})

test('where questions are limited the sweep begins later, and leaves the first one to a webhook', async () => {
  const checkedAfter = async (firstCheckMs?: number) => {
    const customer = await world.addCustomer()
    const [plan] = await world.shop.listPlans()
    const shop = world.shopWith({ ...world.provider, ...(firstCheckMs === undefined ? {} : { firstCheckMs }) })
    const request = { customerId: customer.id, planId: plan!.id, providerId: 'fake', returnUrl: '', description: '' }
    const started = await shop.startPurchase(request)
    if (started.kind !== 'invoice') throw new Error(started.kind)
    const [row] = await world.fixture.database
      .em()
      .execute<{ next_check_at: Date }[]>('select next_check_at from payments where id = ?', [started.paymentId])
    return row!.next_check_at.getTime() - world.clock.now().getTime()
  }
  expect(await checkedAfter()).toBe(30_000)
  expect(await checkedAfter(180_000)).toBe(180_000)
})
