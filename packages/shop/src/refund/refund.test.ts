import { dayMs, hourMs, money, type PaymentId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { readBooks } from '../../test/books.ts'
import { createShop } from '../create-shop.ts'
import { createTestShop, roubles, type TestShop } from '../testing.ts'

const owner = 1n
const price = 29_900n
let world: TestShop
let crashAt: string | null

beforeEach(async () => {
  crashAt = null
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: (name) => {
      if (name === crashAt) throw new Error(`died at ${name}`)
    },
  })
  await world.addServer()
})
afterEach(() => world.close())

async function buy(name = 'Anna', referralCode?: string) {
  const customer = await world.addCustomer(name, referralCode)
  return { customer, ...(await buyAgain(customer)) }
}

async function buyAgain(customer: Awaited<ReturnType<TestShop['addCustomer']>>, received?: bigint) {
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference, received === undefined ? undefined : money(received, 'RUB'))
  await world.shop.settlePayment(paymentId)
  await world.processAll()
  return { paymentId, reference }
}

let lastRequest = 0
const ask = (
  paymentId: PaymentId,
  minor: bigint | null = null,
  more: { requestId?: string; byHand?: boolean } = {},
) => {
  lastRequest += 1
  return world.shop.requestRefund(owner, {
    paymentId,
    minor,
    requestId: more.requestId ?? `r${lastRequest}`,
    byHand: more.byHand ?? false,
  })
}

/** Asked for and carried out. */
async function refund(paymentId: PaymentId, minor: bigint | null = null) {
  const asked = await ask(paymentId, minor)
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  return world.shop.carryOutRefund(asked.refundId)
}

const stateOf = async (paymentId: PaymentId) => (await world.shop.findPaymentLine(paymentId))?.state
const linesOf = async (paymentId: PaymentId) =>
  Object.fromEntries((await readBooks(world, paymentId)).map(({ account, minor }) => [account, minor]))
const told = async (customerId: string) =>
  (
    await world.fixture.database
      .em()
      .execute<{ content: { kind: string } }[]>('select content from notifications where customer_id = ?', [customerId])
  ).filter(({ content }) => content.kind === 'refunded')
const alerts = async (kind: string) =>
  world.fixture.database.em().execute(`select content from alert_events where content->>'kind' = ?`, [kind])
const report = (reference: string, refunded: bigint) =>
  world.provider.answer(reference, {
    kind: 'paid',
    received: money(price - refunded, 'RUB'),
    paidAt: null,
    refunded: money(refunded, 'RUB'),
  })

describe('a refund of all of the price', () => {
  test('ends the time that it bought, empties the books of it and is told', async () => {
    const { customer, paymentId, reference } = await buy()
    expect(await refund(paymentId)).toBe('done')
    expect(await stateOf(paymentId)).toBe('refunded')
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'expired', daysLeft: 0 })
    expect(await linesOf(paymentId)).toEqual({ deferred: 0n, 'provider:fake': 0n })
    expect(world.provider.givenBack(reference)).toBe(price)
    expect(await told(customer.id)).toHaveLength(1)
    expect(await alerts('refunded')).toHaveLength(1)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('after ten days gives back time that has passed at the cost of the shop', async () => {
    const { paymentId } = await buy()
    world.clock.advance(10 * dayMs)
    await refund(paymentId)
    const books = await linesOf(paymentId)
    expect(books['provider:fake']).toBe(0n)
    expect(books.refunds).toBe(9_966n)
    expect(books.revenue).toBe(-9_966n)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('leaves the time that other payments bought', async () => {
    const { customer, paymentId } = await buy()
    await buyAgain(customer)
    await refund(paymentId)
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', daysLeft: 30 })
  })

  test("takes back the inviter's bonus, which the friend's next payment earns again", async () => {
    const { customer: rita } = await buy('Rita')
    const days = async () => (await world.shop.getSubscription(rita.id))?.daysLeft
    const friend = await buy('Sasha', rita.referralCode)
    expect(await days()).toBe(37)
    await refund(friend.paymentId)
    expect(await days()).toBe(30)
    expect(await world.shop.getReferral(rita.id)).toMatchObject({ paid: 0 })
    const next = await buyAgain(friend.customer)
    expect(await days()).toBe(37)
    await buyAgain(friend.customer)
    expect(await days()).toBe(37)
    await refund(next.paymentId, price / 2n)
    expect(await days()).toBe(37)
  })
})

test('a bonus that has been used is not earned a second time by buying again after a refund', async () => {
  const rita = await world.addCustomer('Rita')
  await world.shop.giveDays(owner, rita.id, { days: 1, requestId: 'x' })
  const friend = await buy('Sasha', rita.referralCode)
  world.clock.advance(5 * dayMs)
  await refund(friend.paymentId)
  expect(await world.shop.getSubscription(rita.id)).toMatchObject({ standing: 'expired' })
  await buyAgain(friend.customer)
  expect(await world.shop.getSubscription(rita.id)).toMatchObject({ standing: 'expired' })
  expect(await world.shop.getReferral(rita.id)).toMatchObject({ paid: 1 })
})

describe('a refund of a part', () => {
  test('takes the part of the time that it paid for', async () => {
    const { customer, paymentId } = await buy()
    expect(await refund(paymentId, price / 2n)).toBe('done')
    expect(await stateOf(paymentId)).toBe('paid')
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', daysLeft: 15 })
    expect(await linesOf(paymentId)).toEqual({ deferred: -price / 2n, 'provider:fake': price / 2n })
    expect(await refund(paymentId)).toBe('done')
    expect(await stateOf(paymentId)).toBe('refunded')
    expect(await linesOf(paymentId)).toMatchObject({ deferred: 0n, 'provider:fake': 0n })
  })

  test('of what came beyond the price takes the balance and no time', async () => {
    const customer = await world.addCustomer()
    const { paymentId } = await buyAgain(customer, price + 5_000n)
    expect(await refund(paymentId, price)).toBe('done')
    expect(await linesOf(paymentId)).toMatchObject({ deferred: 0n, [`customer:${customer.id}`]: -5_000n })
    expect(await refund(paymentId)).toBe('done')
    expect(await linesOf(paymentId)).toMatchObject({ [`customer:${customer.id}`]: 0n, 'provider:fake': 0n })
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test.each([0n, -1n, price + 1n, 10n ** 15n])('of %s is refused', async (minor) => {
    const { paymentId } = await buy()
    expect(await ask(paymentId, minor)).toEqual({ kind: 'too_much', most: roubles(299) })
  })
})

describe('a refund happens once', () => {
  test('however often the button is pressed', async () => {
    const { paymentId, reference } = await buy()
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(paymentId, 10_000n, { requestId: 'same' })))
    expect(asked.filter(({ kind }) => kind === 'requested')).toHaveLength(1)
    expect(asked.filter(({ kind }) => kind === 'already_requested')).toHaveLength(19)
    const refundId = asked.flatMap((one) => (one.kind === 'requested' ? [one.refundId] : []))[0]!
    await Promise.all(Array.from({ length: 20 }, () => world.shop.carryOutRefund(refundId)))
    expect(world.provider.givenBack(reference)).toBe(10_000n)
    expect(await linesOf(paymentId)).toMatchObject({ 'provider:fake': price - 10_000n })
  })

  test('while another one is open, none is added', async () => {
    const { paymentId } = await buy()
    expect(await ask(paymentId, 10_000n)).toMatchObject({ kind: 'requested' })
    expect(await ask(paymentId, 10_000n)).toEqual({ kind: 'another_open' })
  })

  test.each(['refund:answered', 'refund:before-commit', 'refund:booked'])('whoever dies at %s', async (checkpoint) => {
    const { paymentId, reference } = await buy()
    const asked = await ask(paymentId)
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    crashAt = checkpoint
    await expect(world.shop.carryOutRefund(asked.refundId)).rejects.toThrow('died')
    crashAt = null
    world.clock.advance(hourMs)
    await world.shop.sweepRefunds()
    await world.shop.carryOutRefund(asked.refundId)
    expect(world.provider.givenBack(reference)).toBe(price)
    expect(await linesOf(paymentId)).toMatchObject({ deferred: 0n, 'provider:fake': 0n })
    expect(await stateOf(paymentId)).toBe('refunded')
  })

  test('though its answer is lost', async () => {
    const { paymentId, reference } = await buy()
    const asked = await ask(paymentId)
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    world.provider.loseNextAnswer()
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('unanswered')
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('done')
    expect(world.provider.givenBack(reference)).toBe(price)
  })

  test("though the provider's webhook comes before the answer", async () => {
    const { paymentId, reference } = await buy()
    world.provider.endRefunds('pending')
    const asked = await ask(paymentId, 10_000n)
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('pending')
    report(reference, 10_000n)
    await Promise.all([world.shop.inspectRefund(paymentId), world.shop.inspectRefund(paymentId)])
    world.provider.endRefunds('done')
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('nothing_to_do')
    expect(await linesOf(paymentId)).toMatchObject({ 'provider:fake': price - 10_000n })
  })
})

describe('a refund that does not come about', () => {
  test('leaves everything as it was, is told, and may be asked for again', async () => {
    const { customer, paymentId } = await buy()
    world.provider.endRefunds('failed')
    expect(await refund(paymentId)).toBe('failed')
    expect(await stateOf(paymentId)).toBe('paid')
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', daysLeft: 30 })
    expect(await alerts('refund_failed')).toHaveLength(1)
    world.provider.endRefunds('done')
    expect(await refund(paymentId)).toBe('done')
  })

  test('because the provider is silent for a day is for staff, and is booked all the same once it is seen', async () => {
    const { paymentId, reference } = await buy()
    const asked = await ask(paymentId)
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    world.provider.setDown(true)
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('unanswered')
    world.clock.advance(dayMs + hourMs)
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('failed')
    expect(await alerts('refund_failed')).toHaveLength(1)
    world.provider.setDown(false)
    report(reference, price)
    expect(await world.shop.inspectRefund(paymentId)).toEqual({ kind: 'refunded' })
    expect(await stateOf(paymentId)).toBe('refunded')
  })
})

test('what had been given back when the payment was settled is not taken again', async () => {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  const refunded = money(10_000n, 'RUB')
  world.provider.answer(reference, { kind: 'paid', received: money(price, 'RUB'), paidAt: null, refunded })
  await world.shop.settlePayment(paymentId)
  await world.shop.inspectRefund(paymentId)
  expect(await linesOf(paymentId)).toEqual({ deferred: -price, 'provider:fake': price })
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ daysLeft: 30 })
  expect(await refund(paymentId)).toBe('done')
  expect(world.provider.givenBack(reference)).toBe(price)
  expect(await linesOf(paymentId)).toEqual({ deferred: 0n, 'provider:fake': 0n })
})

test('a whole price that came after a part had been given back from suspense is given back whole', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.pay(reference, money(10_000n, 'RUB'))
  await world.shop.settlePayment(paymentId)
  expect(await refund(paymentId, 4_000n)).toBe('done')
  world.clock.advance(hourMs)
  world.provider.pay(reference, money(price, 'RUB'))
  await world.shop.settlePayment(paymentId)
  expect(await refund(paymentId)).toBe('done')
  expect(await linesOf(paymentId)).toEqual({ deferred: 0n, 'provider:fake': 0n, suspense: 0n })
  expect(await world.shop.checkBooks()).toEqual([])
})

test('a refund whose provider has lost its keys ends after a day and is told', async () => {
  const { paymentId } = await buy()
  const asked = await ask(paymentId)
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  const shop = createShop({ ...world.deps, providers: new Map() })
  expect(await shop.carryOutRefund(asked.refundId)).toBe('unanswered')
  world.clock.advance(dayMs + hourMs)
  expect(await shop.carryOutRefund(asked.refundId)).toBe('failed')
  expect(await alerts('refund_failed')).toHaveLength(1)
})

describe("a refund in the provider's cabinet, or a chargeback", () => {
  test('is booked once for each new sum, however often and at once it is reported', async () => {
    const { customer, paymentId, reference } = await buy()
    report(reference, 10_000n)
    await Promise.all(Array.from({ length: 20 }, () => world.shop.inspectRefund(paymentId)))
    expect(await linesOf(paymentId)).toEqual({ deferred: -19_900n, 'provider:fake': 19_900n })
    report(reference, price)
    await world.shop.inspectRefund(paymentId)
    expect(await stateOf(paymentId)).toBe('refunded')
    expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'expired' })
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('of more than came is booked up to what came, and told', async () => {
    const { paymentId, reference } = await buy()
    report(reference, price * 2n)
    await world.shop.inspectRefund(paymentId)
    expect(await linesOf(paymentId)).toEqual({ deferred: 0n, 'provider:fake': 0n })
    expect(await alerts('refund_seen')).toHaveLength(1)
  })
})

test('what came beyond the price and was spent is not given back, and the bonus goes with the price', async () => {
  const { customer: rita } = await buy('Rita')
  const sasha = await world.addCustomer('Sasha', rita.referralCode)
  const { paymentId } = await buyAgain(sasha, price * 2n)
  expect((await world.shop.getSubscription(rita.id))?.daysLeft).toBe(37)
  const plan = (await world.shop.listPlans()).find(({ code }) => code === 'month')!
  const bought = await world.shop.buyFromBalance({ customerId: sasha.id, planId: plan.id, requestId: 'b' })
  expect(bought).toEqual({ kind: 'bought' })
  expect(await world.shop.previewRefund(owner, paymentId)).toMatchObject({ preview: { most: roubles(299) } })
  expect(await refund(paymentId)).toBe('done')
  expect(await world.shop.getSubscription(sasha.id)).toMatchObject({ standing: 'active', daysLeft: 30 })
  expect((await world.shop.getSubscription(rita.id))?.daysLeft).toBe(30)
  expect(await ask(paymentId)).toEqual({ kind: 'nothing_to_refund' })
  expect(await world.shop.checkBooks()).toEqual([])
})

test('a whole that is done after a part was seen in the cabinet is booked up to what came, and told', async () => {
  const { paymentId, reference } = await buy()
  world.provider.endRefunds('pending')
  const asked = await ask(paymentId)
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  await world.shop.carryOutRefund(asked.refundId)
  report(reference, 10_000n)
  await world.shop.inspectRefund(paymentId)
  world.provider.endRefunds('done')
  expect(await world.shop.carryOutRefund(asked.refundId)).toBe('done')
  expect(await linesOf(paymentId)).toEqual({ deferred: 0n, 'provider:fake': 0n })
  expect(await stateOf(paymentId)).toBe('refunded')
  expect(await alerts('refund_seen')).toHaveLength(1)
  expect(await world.shop.checkBooks()).toEqual([])
})

test('money given back by hand is booked without the provider', async () => {
  const { paymentId, reference } = await buy()
  expect(await ask(paymentId, null, { byHand: true })).toMatchObject({ kind: 'booked', amount: roubles(299) })
  expect(world.provider.givenBack(reference)).toBe(0n)
  expect(await stateOf(paymentId)).toBe('refunded')
  expect(await ask(paymentId)).toEqual({ kind: 'nothing_to_refund' })
})

test('money that did not match is given back from suspense', async () => {
  const customer = await world.addCustomer()
  const { paymentId } = await buyAgain(customer, 10_000n)
  expect(await stateOf(paymentId)).toBe('mismatch')
  expect(await refund(paymentId)).toBe('done')
  expect(await linesOf(paymentId)).toEqual({ 'provider:fake': 0n, suspense: 0n })
  expect(await stateOf(paymentId)).toBe('refunded')
})

test('what came in a form that the books do not hold is not given back from them', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.answer(reference, { kind: 'paid', received: { raw: '1.5 TON' }, paidAt: null })
  await world.shop.settlePayment(paymentId)
  expect(await ask(paymentId)).toEqual({ kind: 'nothing_to_refund' })
  expect(await ask(paymentId, null, { byHand: true })).toEqual({ kind: 'nothing_to_refund' })
})

test('a part given back from suspense is not released again when the whole price comes', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.pay(reference, money(10_000n, 'RUB'))
  await world.shop.settlePayment(paymentId)
  expect(await refund(paymentId, 4_000n)).toBe('done')
  world.provider.pay(reference, money(price, 'RUB'))
  await world.shop.settlePayment(paymentId)
  expect(await linesOf(paymentId)).toEqual({ deferred: -price, 'provider:fake': price, suspense: 0n })
})

test('what a refund would do is known before, and to whom it concerns alone', async () => {
  const { customer: rita } = await buy('Rita')
  const { paymentId } = await buy('Sasha', rita.referralCode)
  world.clock.advance(10 * dayMs)
  expect(await world.shop.previewRefund(owner, paymentId)).toEqual({
    kind: 'preview',
    preview: { most: roubles(299), means: 'part', daysLeft: 20, addonsEnding: 0, takesBonus: true, refunds: [] },
  })
  expect(await world.shop.previewRefund(404n, paymentId)).toEqual({ kind: 'forbidden' })
  expect(await world.shop.requestRefund(404n, { paymentId, minor: null, requestId: 'x', byHand: true })).toEqual({
    kind: 'forbidden',
  })
})
