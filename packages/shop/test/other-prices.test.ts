import { OrderEntity, PaymentEntity } from '@vpn-kiosk/db'
import { type CustomerId, money, type OrderId, type PaymentId, type PaymentProvider } from '@vpn-kiosk/domain'
import { createFakeProvider, createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShop, type Shop } from '../src/index.ts'

const owner = 1n
const euros = createFakeProvider('euros', ['EUR', 'USD'])
const stars = createFakeProvider('stars', ['XTR'])
let world: TestShop
let shop: Shop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  const providers: PaymentProvider[] = [world.provider, euros, stars]
  shop = createShop({ ...world.deps, providers: new Map(providers.map((one) => [one.id, one])) })
  await world.addServer()
  await shop.updatePlan(owner, (await monthPlan()).id, { otherPrices: [{ price: '4.90', currency: 'EUR' }] })
})
afterAll(() => world.close())

const monthPlan = async () => (await shop.listPlans()).find(({ code }) => code === 'month')!
const em = () => world.fixture.database.em()
const payment = (id: PaymentId) => em().findOneOrFail(PaymentEntity, { id })

async function press(customerId: CustomerId, providerId: string, requestId?: string) {
  const { id: planId } = await monthPlan()
  const of = { customerId, planId, providerId, returnUrl: 'https://t.me/x', description: 'VPN' }
  return shop.startPurchase({ ...of, ...(requestId && { requestId }) })
}

async function invoice(customerId: CustomerId, providerId: string, requestId?: string) {
  const result = await press(customerId, providerId, requestId)
  if (result.kind !== 'invoice') throw new Error(`expected an invoice, got ${result.kind}`)
  return result
}

/** What the queue would do with the order's other invoices. */
async function cancelOthers(orderId: OrderId, paid: PaymentId) {
  for (const { id } of await em().find(PaymentEntity, { orderId, id: { $ne: paid } })) await shop.cancelInvoice(id)
}

test('a plan is offered by those who collect one of its prices, each for its own amount', async () => {
  const plan = await monthPlan()
  expect(await shop.listPaymentMethods(plan)).toMatchObject([
    { provider: 'fake', amount: money(29_900n, 'RUB') },
    { provider: 'euros', amount: money(490n, 'EUR') },
  ])
  const { id } = await world.addCustomer()
  expect(await press(id, 'stars')).toEqual({ kind: 'provider_gone' })
  expect(await em().count(OrderEntity, { customerId: id })).toBe(0)
})

test('one order has invoices in two currencies, and who pays one need not pay the other', async () => {
  const { id } = await world.addCustomer()
  const roubles = await invoice(id, 'fake')
  const inEuros = await invoice(id, 'euros')
  expect(inEuros.orderId).toBe(roubles.orderId)
  expect([roubles.amount, inEuros.amount]).toEqual([money(29_900n, 'RUB'), money(490n, 'EUR')])
  expect(inEuros.plan.price).toEqual(money(29_900n, 'RUB'))
  expect(await em().findOneOrFail(OrderEntity, { id: roubles.orderId })).toMatchObject({ currency: 'RUB' })
  euros.pay(`inv-${inEuros.paymentId}`)
  expect(await shop.settlePayment(inEuros.paymentId)).toEqual({ kind: 'settled' })
  await cancelOthers(roubles.orderId, inEuros.paymentId)
  expect(await payment(roubles.paymentId)).toMatchObject({ state: 'canceled', amountMinor: 29_900n, currency: 'RUB' })
  expect(await payment(inEuros.paymentId)).toMatchObject({
    state: 'paid',
    receivedMinor: 490n,
    receivedCurrency: 'EUR',
  })
  expect(await shop.getSubscription(id)).toMatchObject({ daysLeft: 30 })
})

test('what is off is off in every currency, in proportion, and of one order in all its invoices', async () => {
  const { id } = await world.addCustomer()
  await shop.setPersonalDiscount(owner, id, { percent: 33, days: null })
  const inEuros = await invoice(id, 'euros', 'request1')
  expect(inEuros.amount).toEqual(money(328n, 'EUR'))
  await shop.setPersonalDiscount(owner, id, { percent: 0, days: null })
  // The button goes on with its order, at the price that was agreed.
  const roubles = await invoice(id, 'fake', 'request1')
  expect([roubles.orderId, roubles.amount]).toEqual([inEuros.orderId, money(20_033n, 'RUB')])
  euros.pay(`inv-${inEuros.paymentId}`)
  expect(await shop.settlePayment(inEuros.paymentId)).toEqual({ kind: 'settled' })
  expect(
    await em().execute('select amount_minor, currency from sales where payment_id = ?', [inEuros.paymentId]),
  ).toEqual([{ amount_minor: '328', currency: 'EUR' }])
  expect(await shop.checkBooks()).toEqual([])
})

test('who pays in both currencies has both, and is told', async () => {
  const { id } = await world.addCustomer()
  const roubles = await invoice(id, 'fake')
  const inEuros = await invoice(id, 'euros')
  euros.pay(`inv-${inEuros.paymentId}`)
  world.provider.pay(`inv-${roubles.paymentId}`)
  expect(await shop.settlePayment(inEuros.paymentId)).toEqual({ kind: 'settled' })
  expect(await shop.settlePayment(roubles.paymentId)).toEqual({ kind: 'settled' })
  expect(await shop.getSubscription(id)).toMatchObject({ daysLeft: 60 })
  const told = await em().getKysely().selectFrom('notifications').select('key').where('customer_id', '=', id).execute()
  expect(told.map(({ key }) => key)).toContain(`paid_twice:${roubles.paymentId}`)
})

test('an amount is compared with what its own invoice asked for, not with the order', async () => {
  const { id } = await world.addCustomer()
  const inEuros = await invoice(id, 'euros')
  euros.pay(`inv-${inEuros.paymentId}`, money(29_900n, 'RUB'))
  expect(await shop.settlePayment(inEuros.paymentId)).toEqual({ kind: 'mismatch' })
})

test('an invoice keeps its amount under its button, and a new button asks for the price of now', async () => {
  const { id } = await world.addCustomer()
  const first = await invoice(id, 'euros', 'press001')
  world.clock.advance(1000)
  await shop.updatePlan(owner, first.plan.id, { otherPrices: [{ price: '6', currency: 'EUR' }] })
  const again = await invoice(id, 'euros', 'press001')
  const next = await invoice(id, 'euros', 'press002')
  expect(again).toMatchObject({ paymentId: first.paymentId, amount: money(490n, 'EUR') })
  expect(next).toMatchObject({ orderId: first.orderId, amount: money(600n, 'EUR') })
  expect((await invoice(id, 'euros', 'press003')).paymentId).toBe(next.paymentId)
})

test('a part of euros is given back in euros, with its part of the time', async () => {
  const { id } = await world.addCustomer()
  const { paymentId, amount } = await invoice(id, 'euros')
  euros.pay(`inv-${paymentId}`)
  await shop.settlePayment(paymentId)
  const half = { paymentId, minor: amount.minor / 2n, requestId: 'half', byHand: false }
  const asked = await shop.requestRefund(owner, half)
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  expect(await shop.carryOutRefund(asked.refundId)).toBe('done')
  expect(euros.givenBack(`inv-${paymentId}`)).toBe(amount.minor / 2n)
  expect(await shop.getSubscription(id)).toMatchObject({ daysLeft: 15 })
  expect(await shop.checkBooks()).toEqual([])
})

test('the dashboard and the customer’s card sum each currency apart', async () => {
  const { id } = await world.addCustomer()
  const inEuros = await invoice(id, 'euros')
  euros.pay(`inv-${inEuros.paymentId}`)
  await shop.settlePayment(inEuros.paymentId)
  world.clock.advance(1000)
  const renewed = await invoice(id, 'fake')
  world.provider.pay(`inv-${renewed.paymentId}`)
  await shop.settlePayment(renewed.paymentId)
  const card = await shop.getCustomerCard(owner, id)
  const totals = [money(600n, 'EUR'), money(29_900n, 'RUB')]
  expect(card).toMatchObject({ kind: 'seen', value: { payments: { count: 2, totals } } })
  expect((await shop.listPayments({ customerId: id })).lines.map(({ amount }) => amount)).toEqual(totals.toReversed())
})
