import { AuditEntity } from '@vpn-kiosk/db'
import { type Customer, money, type PaymentProvider } from '@vpn-kiosk/domain'
import { createFakeProvider, createTestShop, type FakeProvider, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createShop, type Shop } from '../src/index.ts'

const owner = 1n
let world: TestShop
let euros: FakeProvider
let shop: Shop
let anna: Customer

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  euros = createFakeProvider('euros', ['EUR', 'RUB'])
  shop = shopWith(world.provider, euros)
  await world.addServer()
  anna = await world.addCustomer()
})
afterEach(() => world.close())

const shopWith = (...providers: PaymentProvider[]) =>
  createShop({ ...world.deps, providers: new Map(providers.map((one) => [one.id, one])) })
const monthPlan = async () => (await shop.listPlans()).find(({ code }) => code === 'month')!
const offered = async (at = shop) => (await at.listPaymentMethods(await monthPlan())).map(({ provider }) => provider)

async function press(providerId: string, requestId: string, at = shop) {
  const { id: planId } = await monthPlan()
  const of = { customerId: anna.id, planId, providerId, requestId, returnUrl: 'https://t.me/x', description: 'VPN' }
  return at.startPurchase(of)
}

test('customers see the methods in the shop’s order, and none that is switched off', async () => {
  expect(await offered()).toEqual(['fake', 'euros'])
  expect(await shop.movePaymentMethod(owner, 'euros', 0)).toEqual({ kind: 'moved' })
  expect(await shop.movePaymentMethod(owner, 'euros', 0)).toEqual({ kind: 'unchanged' })
  expect(await offered()).toEqual(['euros', 'fake'])
  expect(await shop.changePaymentMethod(owner, 'fake', { isOffered: false })).toEqual({ kind: 'changed' })
  expect(await offered()).toEqual(['euros'])
  expect(await press('fake', 'press001')).toEqual({ kind: 'provider_gone' })
  const late = createFakeProvider('late')
  expect(await offered(shopWith(late, world.provider, euros))).toEqual(['euros', 'late'])
  const audit = await world.fixture.database
    .em()
    .find(AuditEntity, { subject: { $in: ['method:fake', 'method:euros'] } })
  expect(audit.map(({ action }) => action).sort()).toEqual(['change_payment_method', 'move_payment_method'])
})

test('a percentage is on top of the price, rounded up to the minor unit, and open invoices keep theirs', async () => {
  const before = await press('fake', 'press001')
  world.clock.advance(1000)
  await shop.changePaymentMethod(owner, 'fake', { percent: 3, title: { en: ' Bank  card ', ru: '' } })
  const [method] = await shop.listPaymentMethods(await monthPlan())
  expect(method).toEqual({
    provider: 'fake',
    amount: money(30_797n, 'RUB'),
    percent: 3,
    title: { en: 'Bank card' },
  })
  const after = await press('fake', 'press002')
  const again = await press('fake', 'press001')
  if (before.kind !== 'invoice' || after.kind !== 'invoice' || again.kind !== 'invoice') throw new Error('no invoice')
  expect(after).toMatchObject({ orderId: before.orderId, amount: money(30_797n, 'RUB') })
  expect(again).toMatchObject({ paymentId: before.paymentId, amount: money(29_900n, 'RUB') })
  world.provider.pay(`inv-${after.paymentId}`)
  expect(await shop.settlePayment(after.paymentId)).toEqual({ kind: 'settled' })
})

test('a provider is not offered for an amount beyond its limits, in any currency that it takes', async () => {
  const { id } = await monthPlan()
  const limited = { ...euros, limits: { EUR: { min: money(1000n, 'EUR') }, RUB: { max: money(30_000n, 'RUB') } } }
  shop = shopWith(limited)
  await shop.updatePlan(owner, id, { otherPrices: [{ price: '9.99', currency: 'EUR' }] })
  const amounts = async () => (await shop.listPaymentMethods(await monthPlan())).map(({ amount }) => amount)
  expect(await amounts()).toEqual([money(29_900n, 'RUB')])
  await shop.changePaymentMethod(owner, 'euros', { percent: 1 })
  expect(await amounts()).toEqual([money(1_009n, 'EUR')])
  await shop.updatePlan(owner, id, { price: '301', otherPrices: [{ price: '2', currency: 'EUR' }] })
  expect(await amounts()).toEqual([])
  expect(await press('euros', 'press001')).toEqual({ kind: 'provider_gone' })
})

test('when every method rests all that are offered are named, for a try may still succeed', async () => {
  await shop.changePaymentMethod(owner, 'euros', { isOffered: false })
  world.provider.refuse('the shop is blocked')
  for (let call = 0; call < 4; call += 1) await press('fake', `press00${call}`)
  expect(await offered()).toEqual(['fake'])
  await shop.changePaymentMethod(owner, 'euros', { isOffered: true })
  expect(await offered()).toEqual(['euros'])
})

test.each([{ percent: 51 }, { percent: -51 }, { percent: 1.5 }, { percent: Number.NaN }])(
  'a percentage that makes no sense is refused: %j',
  async (change) => {
    const refused = { kind: 'invalid_method', field: 'percent' }
    expect(await shop.changePaymentMethod(owner, 'fake', change)).toEqual(refused)
  },
)

test('what nobody may do, what is not there and what another has changed is refused', async () => {
  expect(await shop.changePaymentMethod(404n, 'fake', { percent: 1 })).toEqual({ kind: 'forbidden' })
  expect(await shop.movePaymentMethod(404n, 'fake', 0)).toEqual({ kind: 'forbidden' })
  expect(await shop.listPaymentMethodsAsStaff(404n)).toEqual({ kind: 'forbidden' })
  expect(await shop.changePaymentMethod(owner, 'gone', { percent: 1 })).toEqual({ kind: 'unknown_method' })
  expect(await shop.movePaymentMethod(owner, 'gone', 0)).toEqual({ kind: 'unknown_method' })
  const title = { kind: 'invalid_method', field: 'title' }
  expect(await shop.changePaymentMethod(owner, 'fake', { title: { en: 'x'.repeat(41) } })).toEqual(title)
  const both = await Promise.all(
    [3, 4].map((percent) => shop.changePaymentMethod(owner, 'fake', { percent }, { percent: 0 })),
  )
  expect(both.map(({ kind }) => kind).sort()).toEqual(['changed', 'changed_meanwhile'])
  expect(await shop.listPaymentMethodsAsStaff(owner)).toMatchObject({
    kind: 'seen',
    value: [
      { id: 'fake', isOffered: true },
      { id: 'euros', currencies: ['EUR', 'RUB'] },
    ],
  })
})
