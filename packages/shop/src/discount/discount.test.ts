import { type CustomerId, dayMs, hourMs, money, type PaymentId, type PlanId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { PromoDraft } from '../promo/promo-draft.ts'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

const owner = 1n
let world: TestShop
let crashAt: string | null

beforeEach(async () => {
  crashAt = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer(world.vless, 1000)
})
afterEach(() => world.close())

const percent = (value: number): PromoDraft['gift'] => ({ kind: 'discount', size: { kind: 'percent', percent: value } })
const off = (minor: bigint): PromoDraft['gift'] => ({
  kind: 'discount',
  size: { kind: 'amount', amount: money(minor, 'RUB') },
})
const create = async (code: string, gift: PromoDraft['gift'], more: Partial<PromoDraft> = {}) => {
  const draft = { code, gift, mostUses: null, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null }
  expect(await world.shop.createPromo(owner, { ...draft, endsAt: null, ...more })).toEqual({ kind: 'created', code })
}
const holder = async (code = 'SPRING') => {
  const { id } = await world.addCustomer()
  expect(await world.shop.redeemPromo(id, code)).toMatchObject({ kind: 'discount', code })
  return id
}
const planOf = async (id: CustomerId, code = 'month') =>
  (await world.shop.listPlans(id)).find((plan) => plan.code === code)!
const priceOf = async (id: CustomerId, code = 'month') => (await planOf(id, code)).price.minor
const start = (customerId: CustomerId, planId: PlanId, requestId?: string, shop = world.shop) =>
  shop.startPurchase({
    customerId,
    planId,
    providerId: 'fake',
    returnUrl: 'https://t.me/shop',
    description: 'x',
    ...(requestId && { requestId }),
  })
const press = async (id: CustomerId, code = 'month', requestId?: string) =>
  start(id, (await planOf(id, code)).id, requestId)
async function open(id: CustomerId, code = 'month') {
  const result = await press(id, code)
  if (result.kind !== 'invoice') throw new Error(result.kind)
  return { ...result, reference: `inv-${result.paymentId}` }
}
async function pay({ paymentId, reference }: { readonly paymentId: PaymentId; readonly reference: string }) {
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
}
const topUp = async (customerId: CustomerId, minor: bigint, planId: PlanId | null = null, requestId = 'top') => {
  const wish = { customerId, providerId: 'fake', planId, requestId, returnUrl: '', description: '' }
  return world.shop.startTopUp({ ...wish, amount: money(minor, 'RUB') })
}
const fill = async (customerId: CustomerId, minor: bigint) => {
  const result = await topUp(customerId, minor, null, `fill${minor}`)
  if (result.kind !== 'invoice') throw new Error(result.kind)
  await pay({ paymentId: result.paymentId, reference: `inv-${result.paymentId}` })
}
const usesOf = async (code = 'SPRING') => {
  const [row] = await world.fixture.database.em().execute<{ uses: number; taken: number }[]>(
    `select uses, (select count(*)::int from orders o where o.promo_id = c.id and o.promo_taken) as taken
       from promo_codes c where code = ?`,
    [code],
  )
  expect(row!.taken).toBe(row!.uses)
  return row!.uses
}
const expire = async (paymentId: PaymentId) => {
  world.clock.advance(hourMs + 1000)
  world.provider.cancel(`inv-${paymentId}`, 'expired')
  await world.shop.sweepPayments()
  await world.shop.settlePayment(paymentId)
}

describe('a code at checkout', () => {
  test('makes the price that is shown, asked for, booked and given back, and is used once', async () => {
    await create('SPRING', percent(20))
    const id = await holder()
    expect(await planOf(id)).toMatchObject({
      price: roubles(239.2),
      discount: { cause: 'promo', code: 'SPRING', list: { price: roubles(299) } },
    })
    expect(await world.shop.suggestPlan(id)).toMatchObject({ price: roubles(239.2) })
    const invoice = await open(id)
    expect(invoice).toMatchObject({ amount: roubles(239.2), plan: { discount: { code: 'SPRING' } } })
    expect(await usesOf()).toBe(1)
    await pay(invoice)
    expect(await usesOf()).toBe(1)
    expect(await priceOf(id)).toBe(29_900n)
    expect(await world.shop.redeemPromo(id, 'SPRING')).toEqual({ kind: 'already_used' })
    expect(await world.shop.getMonthReport(owner)).toMatchObject({
      value: { sales: [{ amount: roubles(239.2) }], discounts: [{ count: 1, amount: roubles(59.8) }] },
    })
    expect(await world.shop.findPaymentLine(invoice.paymentId)).toMatchObject({
      discount: { cause: 'promo', code: 'SPRING', off: roubles(59.8) },
    })
    expect(await world.shop.previewRefund(owner, invoice.paymentId)).toMatchObject({
      preview: { most: roubles(239.2) },
    })
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('pressed ten times at once is one order and one use', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const { id: planId } = await planOf(id)
    const all = await Promise.all(Array.from({ length: 10 }, () => start(id, planId, 'samekey1')))
    expect(new Set(all.map((one) => one.kind === 'invoice' && one.orderId)).size).toBe(1)
    expect(await usesOf()).toBe(1)
    expect(await press(id, 'month', 'otherkey')).toMatchObject({ kind: 'invoice', amount: roubles(239.2) })
    expect(await usesOf()).toBe(1)
  })

  test('its last use goes to one of fifty who race for it, and nobody else gets the price', async () => {
    await create('SPRING', off(10_000n), { mostUses: 1 })
    const people: CustomerId[] = []
    for (let count = 0; count < 50; count++) people.push(await holder())
    const { id: planId } = await planOf(people[0]!)
    const all = await Promise.all(people.map((id) => start(id, planId)))
    const invoices = all.filter((one) => one.kind === 'invoice')
    // Who asks after the use was taken is shown the list price, and asked for that.
    expect(invoices.filter(({ amount }) => amount.minor === 19_900n)).toHaveLength(1)
    expect(invoices.every(({ amount, plan }) => amount.minor === plan.price.minor)).toBe(true)
    expect(all.every(({ kind }) => kind === 'invoice' || kind === 'price_changed')).toBe(true)
    expect(await usesOf()).toBe(1)
    const loser = people[all.findIndex((one) => one.kind !== 'invoice' || one.amount.minor !== 19_900n)]!
    expect(await priceOf(loser)).toBe(29_900n)
    expect(await world.shop.findHeldPromo(loser)).toMatchObject({ code: 'SPRING', standing: 'used_up' })
  })

  test('is dropped, replaced by another, and dies with its end', async () => {
    await create('SPRING', percent(20))
    await create('SUMMER', percent(30), { endsAt: new Date(world.clock.now().getTime() + dayMs) })
    const id = await holder()
    expect(await world.shop.redeemPromo(id, 'summer')).toMatchObject({ kind: 'discount', code: 'SUMMER' })
    expect(await priceOf(id)).toBe(20_930n)
    world.clock.advance(dayMs)
    expect(await priceOf(id)).toBe(29_900n)
    expect(await world.shop.findHeldPromo(id)).toMatchObject({ code: 'SUMMER', standing: 'over' })
    await world.shop.redeemPromo(id, 'SPRING')
    await world.shop.dropPromo(id)
    await world.shop.dropPromo(id)
    expect(await priceOf(id)).toBe(29_900n)
    expect(await world.shop.findHeldPromo(id)).toBeNull()
  })

  test('is for its plans, its customers and its time only', async () => {
    const [month] = await world.shop.listPlans()
    const startsAt = new Date(world.clock.now().getTime() + dayMs)
    await create('SPRING', percent(20), { plans: [month!.id], mostUsesEach: 2 })
    await create('LATER', percent(20), { startsAt })
    await create('FRESH', percent(20), { isForNewcomers: true })
    const id = await holder()
    expect(await priceOf(id, 'month')).toBe(23_920n)
    expect((await planOf(id, 'quarter')).discount).toBeUndefined()
    expect(await world.shop.redeemPromo(id, 'LATER')).toEqual({ kind: 'not_yet' })
    await pay(await open(id))
    expect(await world.shop.redeemPromo(id, 'FRESH')).toEqual({ kind: 'newcomers_only' })
    expect(await world.shop.redeemPromo(id, 'SPRING')).toMatchObject({ kind: 'discount' })
    await pay(await open(id))
    expect(await world.shop.redeemPromo(id, 'SPRING')).toEqual({ kind: 'already_used' })
    world.clock.advance(dayMs)
    expect(await world.shop.redeemPromo(id, 'LATER')).toMatchObject({ kind: 'discount' })
    expect(await usesOf()).toBe(2)
  })
})

describe('the use of a code', () => {
  test.each(['expired', 'declined'] as const)('comes back when its invoice is %s unpaid', async (reason) => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const other = await holder()
    const { paymentId, orderId, reference } = await open(id)
    expect(await priceOf(other)).toBe(29_900n)
    if (reason === 'expired') await expire(paymentId)
    else world.provider.cancel(reference, reason)
    await world.shop.settlePayment(paymentId)
    expect(await usesOf()).toBe(0)
    expect(await priceOf(other)).toBe(23_920n)
    expect(await priceOf(id)).toBe(23_920n)
    const again = await open(id)
    expect([again.orderId === orderId, again.amount]).toEqual([false, roubles(239.2)])
    expect(await usesOf()).toBe(1)
  })

  test('is taken anew by a button whose invoice was declined', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const first = await press(id, 'month', 'samekey1')
    if (first.kind !== 'invoice') throw new Error(first.kind)
    world.provider.cancel(`inv-${first.paymentId}`, 'declined')
    await world.shop.settlePayment(first.paymentId)
    expect(await usesOf()).toBe(0)
    const again = await press(id, 'month', 'samekey1')
    expect(again).toMatchObject({ kind: 'invoice', amount: roubles(239.2) })
    expect(await usesOf()).toBe(1)
  })

  test('stays with an order as long as one of its invoices may be paid', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const { paymentId, orderId } = await open(id)
    world.clock.advance(hourMs + 1000)
    await world.shop.sweepPayments()
    expect(await world.shop.getOrder(id, orderId)).toMatchObject({ state: 'expired' })
    expect(await usesOf()).toBe(1)
    await expire(paymentId)
    expect(await usesOf()).toBe(0)
    await world.shop.sweepPayments()
    expect(await usesOf()).toBe(0)
  })

  test('moves to another plan when the invoice can be closed, and says where it is when not', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const first = await open(id)
    const second = await open(id, 'quarter')
    expect(second.amount.minor).toBe((79_900n * 80n) / 100n)
    expect(await world.shop.findPaymentLine(first.paymentId)).toMatchObject({ state: 'canceled' })
    expect(await usesOf()).toBe(1)
    const { cancelInvoice: _, ...stubborn } = world.provider
    const { id: planId } = await planOf(id)
    expect(await start(id, planId, 'request1', world.shopWith(stubborn))).toMatchObject({
      kind: 'code_in_invoice',
      until: second.expiresAt,
    })
    world.provider.pay(second.reference)
    // It turns out to be paid, and the code with it.
    expect(await press(id)).toMatchObject({ kind: 'invoice', amount: roubles(299) })
    expect(await usesOf()).toBe(1)
  })

  test('is counted once more where money comes late, which is honoured', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const late = await open(id)
    await expire(late.paymentId)
    const other = await holder()
    await pay(await open(other))
    world.provider.pay(late.reference)
    expect(await world.shop.settlePayment(late.paymentId)).toEqual({ kind: 'settled' })
    expect((await world.shop.getSubscription(id))?.daysLeft).toBe(30)
    expect(await usesOf()).toBe(2)
  })

  test('is not given back while another invoice is being added to its order', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    const first = await open(id)
    world.provider.cancel(first.reference, 'declined')
    const [closed, second] = await Promise.all([world.shop.settlePayment(first.paymentId), press(id)])
    expect(closed.kind).toBe('canceled')
    if (second.kind !== 'invoice') throw new Error(second.kind)
    // Either the order kept its use, or a new order took it.
    expect(await usesOf()).toBe(second.paymentId === first.paymentId ? 0 : 1)
    expect(second.amount).toEqual(roubles(239.2))
  })

  test('is not taken by a purchase that dies', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    await fill(id, 30_000n)
    const { id: planId } = await planOf(id)
    crashAt = 'balance:before-commit'
    await expect(world.shop.buyFromBalance({ customerId: id, planId, requestId: 'r' })).rejects.toThrow('died')
    crashAt = null
    expect(await usesOf()).toBe(0)
    expect(await world.shop.buyFromBalance({ customerId: id, planId, requestId: 'r' })).toEqual({ kind: 'bought' })
    expect(await usesOf()).toBe(1)
  })
})

test('no invoice is made for more than what was shown, and an open one keeps its price', async () => {
  await create('SPRING', percent(20))
  const id = await holder()
  const plan = await planOf(id)
  const wish = { customerId: id, planId: plan.id, providerId: 'fake', returnUrl: '', description: 'x' }
  const shown = { ...wish, shownMinor: plan.price.minor }
  await world.shop.dropPromo(id)
  expect(await world.shop.startPurchase({ ...shown, requestId: 'request1' })).toEqual({ kind: 'price_changed' })
  await world.shop.redeemPromo(id, 'SPRING')
  expect(await world.shop.startPurchase({ ...shown, requestId: 'request1' })).toMatchObject({ amount: plan.price })
  await world.shop.dropPromo(id)
  expect(await world.shop.startPurchase({ ...shown, requestId: 'request1' })).toMatchObject({ amount: plan.price })
})

test('an invoice that was open before a code was entered is closed, so that nobody pays the old price by mistake', async () => {
  await create('SPRING', percent(20))
  const { id } = await world.addCustomer()
  const before = await open(id)
  await world.shop.redeemPromo(id, 'SPRING')
  const after = await open(id)
  expect(after.amount).toEqual(roubles(239.2))
  const jobs = await world.fixture.database
    .em()
    .execute<{ data: unknown }[]>(`select data from pgboss.job where name = 'cancel-invoice'`)
  expect(jobs.map(({ data }) => data)).toEqual([{ paymentId: before.paymentId }])
  await world.shop.cancelInvoice(before.paymentId)
  expect(await world.shop.findPaymentLine(before.paymentId)).toMatchObject({ state: 'canceled' })
  expect(await usesOf()).toBe(1)
})

test('a code in an invoice that has run out at a provider that closes none is free as soon as that says so', async () => {
  await create('SPRING', percent(20), { mostUses: 1 })
  const id = await holder()
  const { cancelInvoice: _, ...stubborn } = world.provider
  const shop = world.shopWith(stubborn)
  const { paymentId } = await open(id)
  const { id: planId } = await planOf(id, 'quarter')
  world.clock.advance(hourMs + 1000)
  expect(await start(id, planId, 'request1', shop)).toMatchObject({ kind: 'code_in_invoice', until: null })
  world.provider.cancel(`inv-${paymentId}`, 'expired')
  expect(await start(id, planId, 'request1', shop)).toMatchObject({ kind: 'invoice', amount: roubles(639.2) })
  expect(await usesOf()).toBe(1)
})

test('late money, ends of invoices and purchases with one code at once wait for one another, and the uses are right', async () => {
  await create('SPRING', percent(20), { mostUsesEach: 3 })
  const people: CustomerId[] = []
  for (let count = 0; count < 12; count++) people.push(await holder())
  const invoices = await Promise.all(people.map((id) => open(id)))
  for (const { paymentId } of invoices.slice(0, 6)) await expire(paymentId)
  for (const { reference } of invoices.slice(0, 6)) world.provider.pay(reference)
  for (const { reference } of invoices.slice(6)) world.provider.cancel(reference, 'declined')
  const { id: planId } = await planOf(people[0]!, 'quarter')
  const [started] = await Promise.all([
    Promise.all(people.map((id) => start(id, planId))),
    ...invoices.map(({ paymentId }) => world.shop.settlePayment(paymentId)),
    world.shop.sweepPayments(),
  ])
  const byCode = started.filter((one) => one.kind === 'invoice' && one.plan.discount)
  // Whose money came first has used the code, and pays the list price for more.
  expect(await usesOf()).toBe(6 + byCode.length)
})

describe('from the balance', () => {
  test('a plan costs what was shown, and nobody pays more than that', async () => {
    await create('SPRING', percent(20))
    const id = await holder()
    await fill(id, 30_000n)
    const { id: planId, price } = await planOf(id)
    await world.shop.dropPromo(id)
    const wish = { customerId: id, planId, requestId: 'r', shownMinor: price.minor }
    expect(await world.shop.buyFromBalance(wish)).toEqual({ kind: 'price_changed' })
    await world.shop.redeemPromo(id, 'SPRING')
    expect(await world.shop.buyFromBalance(wish)).toEqual({ kind: 'bought' })
    expect((await world.shop.getBalance(id)).amounts).toEqual([roubles(60.8)])
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('the rest by a top-up buys at the price that was agreed when it was made', async () => {
    await create('SPRING', percent(20), { mostUses: 1, endsAt: new Date(world.clock.now().getTime() + 60_000) })
    const id = await holder()
    await fill(id, 10_000n)
    const { id: planId } = await planOf(id)
    expect(await topUp(id, 13_919n, planId, 'short')).toEqual({ kind: 'price_changed' })
    const rest = await topUp(id, 13_920n, planId)
    if (rest.kind !== 'invoice') throw new Error(rest.kind)
    expect(await usesOf()).toBe(1)
    expect(await world.shop.redeemPromo((await world.addCustomer()).id, 'SPRING')).toEqual({ kind: 'used_up' })
    world.clock.advance(120_000)
    await pay({ paymentId: rest.paymentId, reference: `inv-${rest.paymentId}` })
    expect((await world.shop.getBalance(id)).amounts).toEqual([])
    expect((await world.shop.getSubscription(id))?.daysLeft).toBe(30)
    expect(await usesOf()).toBe(1)
    expect(await world.shop.getMonthReport(owner)).toMatchObject({
      value: { discounts: [{ count: 1, amount: roubles(59.8) }] },
    })
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('a top-up that does not buy after all gives the code back', async () => {
    await create('SPRING', percent(20), { mostUses: 1 })
    const id = await holder()
    await fill(id, 30_000n)
    const { id: planId } = await planOf(id)
    const rest = await topUp(id, 100n, planId)
    if (rest.kind !== 'invoice') throw new Error(rest.kind)
    await world.shop.dropPromo(id)
    expect(await world.shop.buyFromBalance({ customerId: id, planId, requestId: 'r' })).toEqual({ kind: 'bought' })
    await pay({ paymentId: rest.paymentId, reference: `inv-${rest.paymentId}` })
    expect(await usesOf()).toBe(0)
    expect((await world.shop.getBalance(id)).amounts).toEqual([roubles(2)])
  })
})
