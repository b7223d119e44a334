import { PlanPriceEntity, ReferralRewardEntity } from '@vpn-kiosk/db'
import { type Customer, dayMs, money, type PaymentId } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createFakeProvider } from '../testing/fake-provider.ts'

const owner = 1n
const price = 29_900n
let world: TestShop
let requests = 0

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer(world.vless, 1000)
  await world.shop.changeOffer(owner, { referralPercent: 20, referralPercentSecond: 5 })
})
afterEach(async () => {
  expect(await world.shop.checkBooks()).toEqual([])
  await world.close()
})

const requestId = () => `request${requests++}`

async function buy(customer: Customer): Promise<PaymentId> {
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  return paymentId
}

async function topUp(customer: Customer, amount: number): Promise<PaymentId> {
  const result = await world.shop.startTopUp({
    customerId: customer.id,
    providerId: world.provider.id,
    amount: roubles(amount),
    planId: null,
    requestId: requestId(),
    returnUrl: 'https://t.me/shop',
    description: 'test',
  })
  if (result.kind !== 'invoice') throw new Error(result.kind)
  world.provider.pay(`inv-${result.paymentId}`, roubles(amount))
  await world.shop.settlePayment(result.paymentId)
  return result.paymentId
}

async function buyFromBalance(customer: Customer) {
  const plan = (await world.shop.listPlans()).find(({ code }) => code === 'month')!
  return world.shop.buyFromBalance({ customerId: customer.id, planId: plan.id, requestId: requestId() })
}

async function giveBack(paymentId: PaymentId, minor: bigint): Promise<void> {
  const wish = { paymentId, requestId: requestId(), byHand: true, minor }
  expect(await world.shop.requestRefund(owner, wish)).toMatchObject({ kind: 'booked' })
}

async function credit(customer: Customer, amount: number): Promise<void> {
  const made = await world.shop.createPromo(owner, {
    code: null,
    gift: { kind: 'balance', amount: roubles(amount) },
    mostUses: 1,
    mostUsesEach: 1,
    plans: null,
    startsAt: null,
    isForNewcomers: false,
    endsAt: null,
  })
  if (made.kind !== 'created') throw new Error(made.kind)
  expect(await world.shop.redeemPromo(customer.id, made.code)).toMatchObject({ kind: 'balance' })
}

const balance = async ({ id }: Customer) => (await world.shop.getBalance(id)).amounts[0]?.minor ?? 0n
const days = async ({ id }: Customer) => (await world.shop.getReferral(id)).daysEarned
const rewards = () => world.deps.db.em().find(ReferralRewardEntity, {}, { orderBy: { level: 'asc' } })

/** Anna invited Boris, Boris invited Vera. */
async function chain(): Promise<[Customer, Customer, Customer]> {
  const anna = await world.addCustomer('Anna')
  const boris = await world.addCustomer('Boris', anna.referralCode)
  return [anna, boris, await world.addCustomer('Vera', boris.referralCode)]
}

test('a payment earns both levels their percent, once however often it is settled', async () => {
  const [anna, boris, vera] = await chain()
  const paymentId = await buy(vera)
  await Promise.all([1, 2, 3].map(() => world.shop.settlePayment(paymentId)))
  expect([await balance(boris), await balance(anna)]).toEqual([5_980n, 1_495n])
  expect((await world.shop.getReferral(boris.id)).moneyEarned).toEqual([money(5_980n, 'RUB')])
  expect((await world.shop.getBalance(boris.id)).lines[0]).toMatchObject({ cause: 'referral' })
  await buy(vera)
  expect([await balance(boris), await balance(anna)]).toEqual([11_960n, 2_990n])
})

test('of the first payment only, where the shop says so; one that was given back whole does not count as the first', async () => {
  await world.shop.changeOffer(owner, { isReferralOfEach: false, referralPercentSecond: 0 })
  const [, boris, vera] = await chain()
  const first = await buy(vera)
  await buy(vera)
  expect(await balance(boris)).toBe(5_980n)
  await giveBack(first, price)
  expect(await balance(boris)).toBe(0n)
  const both = await Promise.all([world.openInvoice(vera), world.openInvoice(vera, 'quarter')])
  for (const { reference } of both) world.provider.pay(reference)
  await Promise.all(both.map(({ paymentId }) => world.shop.settlePayment(paymentId)))
  expect((await rewards()).filter(({ takenMinor, amountMinor }) => takenMinor < amountMinor)).toHaveLength(1)
})

test('money that the shop gave away earns nothing: neither percent nor days', async () => {
  const [, boris, vera] = await chain()
  await credit(vera, 299)
  expect(await buyFromBalance(vera)).toEqual({ kind: 'bought' })
  expect([await balance(boris), await days(boris)]).toEqual([0n, 0])
  await credit(vera, 250)
  await topUp(vera, 50)
  expect(await buyFromBalance(vera)).toEqual({ kind: 'bought' })
  expect([await balance(boris), await days(boris)]).toEqual([1_000n, 0])
  await topUp(vera, 299)
  expect(await buyFromBalance(vera)).toEqual({ kind: 'bought' })
  expect([await balance(boris), await days(boris)]).toEqual([1_000n + 5_980n, 7])
})

test('what was earned buys, and earns nobody anything again', async () => {
  const [anna, boris, vera] = await chain()
  for (let round = 0; round < 5; round++) await buy(vera)
  expect(await balance(boris)).toBe(29_900n)
  const before = await balance(anna)
  expect(await buyFromBalance(boris)).toEqual({ kind: 'bought' })
  expect([await balance(boris), await balance(anna), await days(anna)]).toEqual([0n, before, 0])
})

test('a top-up counts when it enters, and what it buys does not count again', async () => {
  const [, boris, vera] = await chain()
  const paymentId = await topUp(vera, 500)
  expect([await balance(boris), await days(boris)]).toEqual([10_000n, 0])
  await buyFromBalance(vera)
  expect([await balance(boris), await days(boris)]).toEqual([10_000n, 7])
  await giveBack(paymentId, 20_100n)
  expect(await balance(boris)).toBe(10_000n - 4_020n)
})

test('a refund takes back in proportion, and all of it in the end', async () => {
  const [anna, boris, vera] = await chain()
  const paymentId = await buy(vera)
  await giveBack(paymentId, 9_967n)
  expect([await balance(boris), await balance(anna)]).toEqual([5_980n - 1_993n, 1_495n - 498n])
  await giveBack(paymentId, 9_966n)
  await giveBack(paymentId, 9_967n)
  expect([await balance(boris), await balance(anna)]).toEqual([0n, 0n])
  expect((await rewards()).map(({ takenMinor, lostMinor }) => [takenMinor, lostMinor])).toEqual([
    [5_980n, 0n],
    [1_495n, 0n],
  ])
  expect((await world.shop.getReferral(boris.id)).moneyEarned).toEqual([])
})

test('an inviter who spent the money goes to zero, never below, and the rest is the loss of the shop', async () => {
  const [, boris, vera] = await chain()
  const payments = [await buy(vera), await buy(vera), await buy(vera), await buy(vera), await buy(vera)]
  await buyFromBalance(boris)
  await topUp(boris, 10)
  await giveBack(payments[0]!, price)
  expect(await balance(boris)).toBe(0n)
  const [row] = (await rewards()).filter(({ paymentId, level }) => paymentId === payments[0] && level === 1)
  expect([row?.takenMinor, row?.lostMinor]).toEqual([1_000n, 4_980n])
  for (const paymentId of payments.slice(1)) await giveBack(paymentId, price)
  expect(await balance(boris)).toBe(0n)
  const [{ minor } = { minor: '0' }] = await world.fixture.database
    .em()
    .execute<{ minor: string }[]>(
      `select sum(amount_minor)::text as minor from ledger_entries where account = 'bonuses'`,
    )
  const all = await rewards()
  expect(all.reduce((sum, one) => sum + one.lostMinor, 0n)).toBe(28_900n)
  expect(BigInt(minor)).toBe(all.reduce((sum, one) => sum + one.amountMinor - one.takenMinor, 0n))
})

test('twenty friends who pay at once, and get it back at once, leave the balance where it was', {
  timeout: 60_000,
}, async () => {
  const anna = await world.addCustomer('Anna')
  const boris = await world.addCustomer('Boris', anna.referralCode)
  const friends = await Promise.all(
    Array.from({ length: 20 }, (_, at) => world.addCustomer(`F${at}`, boris.referralCode)),
  )
  const invoices = []
  for (const friend of friends) invoices.push(await world.openInvoice(friend))
  for (const { reference } of invoices) world.provider.pay(reference)
  const settled = await Promise.all(
    invoices.flatMap(({ paymentId }) => [paymentId, paymentId]).map((id) => world.shop.settlePayment(id)),
  )
  expect(settled.filter(({ kind }) => kind === 'settled')).toHaveLength(20)
  expect([await balance(boris), await balance(anna), await days(boris)]).toEqual([119_600n, 29_900n, 140])
  await Promise.all(invoices.map(({ paymentId }) => giveBack(paymentId, price)))
  expect([await balance(boris), await balance(anna), await days(boris)]).toEqual([0n, 0n, 0])
})

test('a friend gets days with the first purchase, once; a refund takes them back', async () => {
  await world.shop.changeOffer(owner, { friendBonusDays: 5, referralBonusDays: 0 })
  const [, boris, vera] = await chain()
  const daysLeft = async () => (await world.shop.getSubscription(vera.id))?.daysLeft
  const first = await buy(vera)
  expect([await daysLeft(), (await world.shop.getReferral(boris.id)).paid]).toEqual([35, 1])
  const second = await buy(vera)
  expect(await daysLeft()).toBe(65)
  await giveBack(second, price)
  expect(await daysLeft()).toBe(35)
  world.clock.advance(2 * dayMs)
  await giveBack(first, price)
  expect((await world.shop.getSubscription(vera.id))?.standing).toBe('expired')
})

test('a banned inviter earns no money, and the level above still does', async () => {
  const [anna, boris, vera] = await chain()
  await world.shop.banCustomer(owner, boris.id)
  await buy(vera)
  expect([await balance(boris), await balance(anna)]).toEqual([0n, 1_495n])
})

test('the top inviters of thirty days are told to whoever may see customers', async () => {
  const [anna, boris, vera] = await chain()
  await buy(vera)
  const seen = await world.shop.listTopInviters(owner)
  expect(seen).toEqual({
    kind: 'seen',
    value: [{ id: boris.id, firstName: 'Boris', paid: 1, money: [money(5_980n, 'RUB')] }],
  })
  await buy(boris)
  expect(await world.shop.listTopInviters(owner)).toMatchObject({ value: [{}, {}] })
  world.clock.advance(31 * dayMs)
  expect(await world.shop.listTopInviters(owner)).toEqual({ kind: 'seen', value: [] })
  expect(await world.shop.listTopInviters(anna.telegramId)).toEqual({ kind: 'forbidden' })
})

test.each(['USD', 'RUB'] as const)(
  'of a wrong sum in %s that became the balance, what came earns, not what was ordered',
  async (currency) => {
    const inviter = await world.addCustomer()
    const friend = await world.addCustomer('Boris', inviter.referralCode)
    const { paymentId, reference } = await world.openInvoice(friend)
    world.provider.pay(reference, money(100n, currency))
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
    expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'balance' })).toMatchObject({ kind: 'accepted' })
    expect((await world.shop.getBalance(inviter.id)).amounts).toEqual([money(20n, currency)])
  },
)

test('of a part of the stars that was accepted for what was ordered, the inviter earns the same part of the price', async () => {
  const stars = createFakeProvider()
  const shop = world.shopWith({ ...stars, id: 'stars', currencies: ['XTR'] })
  const month = (await shop.listPlans()).find(({ code }) => code === 'month')!
  await world.fixture.database.em().insert(PlanPriceEntity, { planId: month.id, currency: 'XTR', amountMinor: 150n })
  const inviter = await world.addCustomer()
  const friend = await world.addCustomer('Boris', inviter.referralCode)
  const started = await shop.startPurchase({
    customerId: friend.id,
    planId: month.id,
    providerId: 'stars',
    returnUrl: 'https://t.me/shop',
    description: 'VPN',
  })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  stars.pay(`inv-${started.paymentId}`, money(15n, 'XTR'))
  expect(await shop.settlePayment(started.paymentId)).toEqual({ kind: 'mismatch' })
  expect(await shop.acceptMismatch(owner, { paymentId: started.paymentId, as: 'ordered' })).toMatchObject({
    kind: 'accepted',
  })
  expect((await shop.getBalance(inviter.id)).amounts).toEqual([money(598n, 'RUB')])
})
