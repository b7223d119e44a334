import { PaymentEntity, SettingEntity } from '@vpn-kiosk/db'
import { type Customer, type InvoiceRequest, methodIdOf, minuteMs, type PaymentProvider } from '@vpn-kiosk/domain'
import { createFakeProvider, createTestShop, type FakeProvider, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createShop, type Shop } from '../src/index.ts'

const owner = 1n
let world: TestShop
let bank: FakeProvider
let asked: InvoiceRequest[]
let shop: Shop
let anna: Customer

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  bank = createFakeProvider('bank')
  asked = []
  shop = shopOf()
  await world.addServer()
  anna = await world.addCustomer()
})
afterEach(() => world.close())

/** A bank with two ways to pay besides its own page. */
function shopOf(changed: Partial<PaymentProvider> = {}) {
  const createInvoice: PaymentProvider['createInvoice'] = (request) => {
    asked.push(request)
    return bank.createInvoice(request)
  }
  const apart = { ...bank, methods: ['sbp', 'card'], createInvoice, ...changed }
  return createShop({ ...world.deps, providers: new Map([[bank.id, apart]]) })
}

const monthPlan = async () => (await shop.listPlans()).find(({ code }) => code === 'month')!
const offered = async (at = shop) => (await at.listPaymentMethods(await monthPlan())).map(methodIdOf)

async function press(method: string | undefined, requestId: string, description = 'VPN') {
  const of = { customerId: anna.id, planId: (await monthPlan()).id, providerId: 'bank', method, requestId }
  return shop.startPurchase({ ...of, returnUrl: 'https://t.me/x', description })
}

const paymentOf = async (result: Awaited<ReturnType<typeof press>>) => {
  if (result.kind !== 'invoice') throw new Error(result.kind)
  return world.fixture.database.em().findOneOrFail(PaymentEntity, { id: result.paymentId })
}

test('a shop that begins has a button for each way to pay; one that runs keeps its one until its owner says otherwise', async () => {
  expect(await offered()).toEqual(['bank.sbp', 'bank.card'])
  await world.fixture.database.em().nativeDelete(SettingEntity, { key: 'payment:methods' })
  expect(await offered()).toEqual(['bank'])
  expect(await press('sbp', 'press001')).toEqual({ kind: 'provider_gone' })
  await shop.changePaymentMethod(owner, 'bank', { percent: 3 })
  await shop.changePaymentMethod(owner, 'bank.sbp', { isOffered: true })
  expect(await shop.listPaymentMethods(await monthPlan())).toMatchObject([
    { provider: 'bank', method: 'sbp', percent: 3 },
    { provider: 'bank', percent: 3 },
  ])
  await shop.changePaymentMethod(owner, 'bank.sbp', { percent: 0, title: { en: 'Fast' } })
  await shop.movePaymentMethod(owner, 'bank', 0)
  expect(await shop.listPaymentMethods(await monthPlan())).toMatchObject([
    { provider: 'bank', percent: 3 },
    { provider: 'bank', method: 'sbp', percent: 0, title: { en: 'Fast' } },
  ])
})

test('the chosen way goes to the provider and stays on the payment, pressed twice it is one invoice', async () => {
  const first = await press('sbp', 'press001')
  expect(first).toMatchObject({ kind: 'invoice', providerId: 'bank', method: 'sbp' })
  const again = await press('sbp', 'press001')
  expect(again).toMatchObject({ paymentId: (await paymentOf(first)).id })
  const other = await press('card', 'press001')
  expect((await paymentOf(other)).orderId).toBe((await paymentOf(first)).orderId)
  expect([(await paymentOf(first)).method, (await paymentOf(other)).method]).toEqual(['sbp', 'card'])
  expect(asked.map(({ method }) => method)).toEqual(['sbp', 'card'])
})

test.each(['gone', 'sbp.card', '', 'x'.repeat(500)])('a way to pay that is none is refused: %j', async (method) => {
  expect(await press(method, 'press001')).toEqual({ kind: 'provider_gone' })
  const of = { customerId: anna.id, providerId: 'bank', method, planId: null, requestId: 'press002' }
  const wish = { ...of, amount: (await monthPlan()).price, returnUrl: 'https://t.me/x', description: 'VPN' }
  expect(await shop.startTopUp(wish)).toEqual({ kind: 'provider_gone' })
  expect(await shop.changePaymentMethod(owner, `bank.${method}`, { percent: 1 })).toEqual({ kind: 'unknown_method' })
})

test('a top-up takes the chosen way as well', async () => {
  const of = { customerId: anna.id, providerId: 'bank', planId: null, requestId: 'press001' }
  const wish = { ...of, amount: (await monthPlan()).price, returnUrl: 'https://t.me/x', description: 'VPN' }
  const [first, again, page] = [
    await shop.startTopUp({ ...wish, method: 'card' }),
    await shop.startTopUp({ ...wish, method: 'card' }),
    await shop.startTopUp(wish),
  ]
  if (first.kind !== 'invoice' || page.kind !== 'invoice') throw new Error('no invoice')
  expect(again).toMatchObject({ paymentId: first.paymentId })
  expect(page.paymentId).not.toBe(first.paymentId)
  expect(asked.map(({ method }) => method)).toEqual(['card', undefined])
})

test('what the provider says our account cannot do is not offered, and staff see why', async () => {
  const account = { isTest: null, isEnabled: true, needsReceipts: false, keyExpiresAt: null }
  shop = shopOf({ probe: async () => ({ ...account, methods: ['card'] }) })
  await shop.probeProviders()
  expect(await offered()).toEqual(['bank.card'])
  expect(await shop.listPaymentMethodsAsStaff(owner)).toMatchObject({
    value: [
      { id: 'bank.sbp', isOffered: true, isInAccount: false },
      { id: 'bank.card', isInAccount: true },
      { id: 'bank', isOffered: false, isWhole: true },
    ],
  })
  world.clock.advance(5 * minuteMs)
  await shopOf({ probe: async () => ({ ...account, methods: ['card', 'sbp'] }) }).probeProviders()
  expect(await offered()).toEqual(['bank.sbp', 'bank.card'])
})

test('a way that is refused rests alone', async () => {
  bank.refuse('SBP is not available')
  for (let call = 0; call < 4; call += 1) await press('sbp', `press00${call}`)
  expect(await offered()).toEqual(['bank.card'])
})

test('a repeat asks for the same, whatever the shop is called by now; what was refused may be asked for otherwise', async () => {
  bank.loseNextAnswer()
  expect(await press('card', 'press001', 'Old name')).toMatchObject({ kind: 'provider_unavailable' })
  const opened = await press('card', 'press001', 'New name')
  expect(asked.map(({ description, refusals }) => [description, refusals])).toEqual([
    ['Old name', 0],
    ['Old name', 0],
  ])
  expect((await paymentOf(opened)).asked).toBeNull()
  bank.refuse('no')
  await press('sbp', 'press002', 'Old name')
  bank.refuse(null)
  await press('sbp', 'press002', 'New name')
  expect(asked.slice(2).map(({ description, refusals }) => [description, refusals])).toEqual([
    ['Old name', 0],
    ['New name', 1],
  ])
})
