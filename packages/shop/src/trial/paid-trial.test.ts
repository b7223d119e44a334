import { type Customer, dayMs, type PaymentId } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const owner = 1n
let world: TestShop
let trialId: `pln_${string}`

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer(world.vless, 1000)
  const seen = await world.shop.listPlansAsStaff(owner)
  if (seen.kind !== 'seen') throw new Error(seen.kind)
  trialId = seen.value.find(({ isTrial }) => isTrial)!.id
  const change = { price: '10', otherPrices: [{ price: '5', currency: 'XTR' as const }] }
  expect(await world.shop.updatePlan(owner, trialId, change)).toMatchObject({ kind: 'updated' })
})
afterEach(async () => {
  expect(await world.shop.checkBooks()).toEqual([])
  await world.close()
})

const terms = { providerId: 'fake', returnUrl: 'https://t.me/x', description: 'VPN' }
const start = ({ id }: Customer, more: { kind?: 'gift'; savesCard?: boolean } = {}) =>
  world.shop.startPurchase({ customerId: id, planId: trialId, ...terms, ...more })

async function open(customer: Customer): Promise<PaymentId> {
  const started = await start(customer)
  if (started.kind !== 'invoice') throw new Error(started.kind)
  return started.paymentId
}

async function settle(paymentId: PaymentId): Promise<void> {
  world.provider.pay(`inv-${paymentId}`)
  await world.shop.settlePayment(paymentId)
}

test('a trial that costs something is bought once, for as many days as the shop says, and is a trial', async () => {
  const anna = await world.addCustomer()
  expect(await world.shop.findTrial()).toMatchObject({ days: 3, price: roubles(10) })
  expect(await world.shop.startTrial(anna.id)).toEqual({ kind: 'costs', planId: trialId })
  expect(await world.shop.findPlan(anna.id, trialId)).toMatchObject({ price: roubles(10), days: 3 })
  await settle(await open(anna))
  expect(await world.shop.getSubscription(anna.id)).toMatchObject({ isTrial: true, daysLeft: 3, standing: 'active' })
  expect(await world.shop.getRenewal(anna.id)).toMatchObject({ plan: null })
  expect(await start(anna)).toEqual({ kind: 'plan_gone' })
  expect(await world.shop.startTrial(anna.id)).toEqual({ kind: 'already_used' })
})

test('it is neither a gift nor for whoever has bought or tried, and no code makes it cheaper', async () => {
  const anna = await world.addCustomer()
  expect(await start(anna, { kind: 'gift' })).toEqual({ kind: 'plan_gone' })
  const gift = { kind: 'discount', size: { kind: 'percent', percent: 50 } } as const
  const limits = { mostUses: 9, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null, endsAt: null }
  await world.shop.createPromo(owner, { code: 'HALF', gift, ...limits })
  await world.shop.redeemPromo(anna.id, 'HALF')
  expect(await start(anna)).toMatchObject({ kind: 'invoice', amount: roubles(10) })
  expect(await world.shop.findHeldPromo(anna.id)).toMatchObject({ code: 'HALF' })
  const boris = await world.addCustomer('Boris')
  const { paymentId, reference } = await world.openInvoice(boris)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  expect(await start(boris)).toEqual({ kind: 'plan_gone' })
})

test('two that are paid at once are both honoured, and a purchase after it goes on after its days', async () => {
  const anna = await world.addCustomer()
  world.provider.makeAnew(true)
  const first = await open(anna)
  const again = await open(anna)
  expect(again).toBe(first)
  await Promise.all([settle(first), settle(first)])
  expect(await world.shop.getSubscription(anna.id)).toMatchObject({ daysLeft: 3 })
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  expect(await world.shop.getSubscription(anna.id)).toMatchObject({ isTrial: false, daysLeft: 33 })
})

test('it earns the inviter nothing; the purchase after it does', async () => {
  await world.shop.changeOffer(owner, { referralPercent: 10, referralBonusDays: 7 })
  const inviter = await world.addCustomer('Inviter')
  const anna = await world.addCustomer()
  await world.shop.acceptInvitation(anna.id, inviter.referralCode)
  await settle(await open(anna))
  expect((await world.shop.getBalance(inviter.id)).amounts).toEqual([])
  expect(await world.shop.getSubscription(inviter.id)).toBeNull()
  const { paymentId, reference } = await world.openInvoice(anna)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  expect((await world.shop.getBalance(inviter.id)).amounts).toEqual([roubles(29.9)])
  expect(await world.shop.getSubscription(inviter.id)).toMatchObject({ daysLeft: 7 })
})

test('given back it takes its days, and is revenue as they pass', async () => {
  const anna = await world.addCustomer()
  const paymentId = await open(anna)
  await settle(paymentId)
  world.clock.advance(dayMs)
  await world.shop.recognizeRevenue()
  await world.shop.requestRefund(owner, { paymentId, minor: null, requestId: 'r', byHand: true })
  expect(await world.shop.getSubscription(anna.id)).toMatchObject({ leftMs: 0 })
})

test('free again when its price is 0, which has none in other currencies', async () => {
  expect(await world.shop.updatePlan(owner, trialId, { price: '0' })).toEqual({
    kind: 'invalid_plan',
    field: 'otherPrices',
  })
  expect(await world.shop.updatePlan(owner, trialId, { price: '0', otherPrices: [] })).toMatchObject({
    kind: 'updated',
  })
  expect(await world.shop.startTrial((await world.addCustomer()).id)).toMatchObject({ kind: 'started' })
})

test('of invoices that were opened one after another and all paid, one is the trial and the others are the balance', async () => {
  const anna = await world.addCustomer()
  const opened: PaymentId[] = []
  for (let made = 0; made < 3; made += 1) {
    opened.push(await open(anna))
    world.clock.advance(dayMs / 24)
  }
  expect(new Set(opened).size).toBe(3)
  await Promise.all(opened.map(settle))
  expect(await world.shop.getSubscription(anna.id)).toMatchObject({ isTrial: true, daysLeft: 3 })
  expect((await world.shop.getBalance(anna.id)).amounts).toEqual([roubles(20)])
  await Promise.all(opened.map(settle))
  expect((await world.shop.getBalance(anna.id)).amounts).toEqual([roubles(20)])
})

test('whoever has had it is a newcomer yet, whom a code for the first purchase is for', async () => {
  const anna = await world.addCustomer()
  await settle(await open(anna))
  const gift = { kind: 'discount', size: { kind: 'percent', percent: 50 } } as const
  const limits = { mostUses: 9, mostUsesEach: 1, isForNewcomers: true, plans: null, startsAt: null, endsAt: null }
  await world.shop.createPromo(owner, { code: 'FIRST', gift, ...limits })
  expect(await world.shop.redeemPromo(anna.id, 'FIRST')).toMatchObject({ kind: 'discount' })
})
