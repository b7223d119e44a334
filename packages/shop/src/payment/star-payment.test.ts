import { PlanPriceEntity } from '@vpn-kiosk/db'
import { hourMs, money, newId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import type { Shop } from '../create-shop.ts'
import { createFakeProvider } from '../testing/fake-provider.ts'
import { createTestShop, type TestShop } from '../testing.ts'

let world: TestShop
let shop: Shop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
  shop = world.shopWith({ ...createFakeProvider(), id: 'stars', currencies: ['XTR'] })
  const [month] = await shop.listPlans()
  await world.fixture.database.em().insert(PlanPriceEntity, { planId: month!.id, currency: 'XTR', amountMinor: 150n })
})
afterEach(() => world.close())

async function order() {
  const customer = await world.addCustomer()
  const [month] = await shop.listPlans()
  const started = await shop.startPurchase({
    customerId: customer.id,
    planId: month!.id,
    providerId: 'stars',
    returnUrl: 'https://t.me/shop',
    description: 'VPN',
  })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const { paymentId: payload } = started
  const { telegramId: payerId } = (
    await world.fixture.database
      .em()
      .execute<{ telegramId: string }[]>(`select telegram_id as "telegramId" from customers where id = ?`, [
        customer.id,
      ])
  )[0]!
  return { customer, payload, payerId: BigInt(payerId), currency: 'XTR', amount: 150n }
}

test('a checkout is approved for the invoice, its payer and its amount alone', async () => {
  const { customer, ...asked } = await order()
  expect(await shop.approveCheckout(asked)).toEqual({ kind: 'approved' })
  expect(await shop.approveCheckout({ ...asked, amount: 149n })).toEqual({ kind: 'over' })
  expect(await shop.approveCheckout({ ...asked, currency: 'RUB' })).toEqual({ kind: 'over' })
  expect(await shop.approveCheckout({ ...asked, payerId: 1n })).toEqual({ kind: 'not_yours' })
  for (const payload of ['', newId('payment'), 'x'.repeat(10_240), `${asked.payload}' or true`])
    expect(await shop.approveCheckout({ ...asked, payload })).toEqual({ kind: 'unknown' })
  await shop.banCustomer(1n, customer.id)
  expect(await shop.approveCheckout(asked)).toEqual({ kind: 'banned' })
})

test('a checkout of an invoice that has run out or is paid is refused', async () => {
  const { customer: _, ...late } = await order()
  world.clock.advance(2 * hourMs)
  expect(await shop.approveCheckout(late)).toEqual({ kind: 'over' })
  const { customer: __, ...paid } = await order()
  await world.fixture.database
    .em()
    .execute(`update payments set state = 'paid', paid_at = now() where id = ?`, [paid.payload])
  expect(await shop.approveCheckout(paid)).toEqual({ kind: 'paid' })
})

test('what Telegram tells twenty times is one charge and one webhook', async () => {
  const { payload, payerId } = await order()
  const told = { payload, chargeId: 'stx1', payerId, amount: 150n, at: world.clock.now(), isRefund: false }
  const kinds = await Promise.all(Array.from({ length: 20 }, () => shop.receiveStarPayment(told)))
  expect(kinds.filter((result) => result?.kind === 'stored')).toHaveLength(1)
  await shop.receiveStarPayment({ ...told, isRefund: true })
  const rows = await world.fixture.database
    .em()
    .execute<{ refunded: boolean }[]>('select refunded_at is not null as refunded from star_charges')
  expect(rows).toEqual([{ refunded: true }])
  const keys = await world.fixture.database
    .em()
    .execute<{ key: string }[]>(`select key from payment_webhooks where provider = 'stars' order by key`)
  expect(keys.map(({ key }) => key)).toEqual(['paid:stx1', 'refunded:stx1'])
})

test('what is no invoice of the shop is not kept', async () => {
  const told = { payload: 'x', chargeId: 'stx1', payerId: 1n, amount: 1n, at: world.clock.now(), isRefund: false }
  expect(await shop.receiveStarPayment(told)).toBeNull()
})

test('a second charge that comes after the first was settled is the balance, once, and staff hear of it', async () => {
  const { customer, payload, payerId } = await order()
  const provider = { ...createFakeProvider(), id: 'stars' as const, currencies: ['XTR' as const] }
  provider.fetchStatus = async () => ({
    kind: 'paid',
    received: money(150, 'XTR'),
    paidAt: world.clock.now(),
    paymentId: payload,
  })
  shop = world.shopWith(provider)
  const told = { payload, payerId, amount: 150n, at: world.clock.now(), isRefund: false }
  await shop.receiveStarPayment({ ...told, chargeId: 'stx1' })
  expect(await shop.settlePayment(payload)).toEqual({ kind: 'settled' })
  await Promise.all(Array.from({ length: 20 }, () => shop.settlePayment(payload)))
  expect((await shop.getBalance(customer.id)).amounts).toEqual([])
  await shop.receiveStarPayment({ ...told, chargeId: 'stx2' })
  await Promise.all(Array.from({ length: 20 }, () => shop.settlePayment(payload)))
  expect((await shop.getBalance(customer.id)).amounts).toEqual([money(150, 'XTR')])
  expect(await shop.checkBooks()).toEqual([])
})

test('a checkout of an order that another way to pay has bought is refused', async () => {
  const { customer: _, ...asked } = await order()
  await world.fixture.database
    .em()
    .execute(
      `update orders set state = 'paid', paid_at = now() where id = (select order_id from payments where id = ?)`,
      [asked.payload],
    )
  expect(await shop.approveCheckout(asked)).toEqual({ kind: 'paid' })
})
