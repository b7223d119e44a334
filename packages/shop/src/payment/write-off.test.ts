import { hourMs, type PaymentId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
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
  await world.addServer()
})
afterEach(() => world.close())

/** A payment of 299 roubles of which `received` came. */
async function paid(received = roubles(299)) {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference, received)
  await world.shop.settlePayment(paymentId)
  return { customer, paymentId, reference }
}

/** The night after: the provider lists nothing, and answers what it is made to answer. */
async function compare(): Promise<number> {
  world.clock.advance(2 * hourMs)
  return world.shop.reconcilePayments()
}

const sums = async (...accounts: string[]) => {
  const rows = await world.fixture.database
    .em()
    .execute<{ account: string; minor: string }[]>(
      'select account, sum(amount_minor) as minor from ledger_entries group by account',
    )
  return accounts.map((account) => BigInt(rows.find((row) => row.account === account)?.minor ?? 0))
}
const see = async (paymentId: PaymentId) => {
  const seen = await world.shop.inspectPayment(owner, paymentId)
  return seen.kind === 'seen' ? seen.value : null
}
const undecided = async () => {
  const seen = await world.shop.inspectPayments(owner, { isUndecided: true })
  return seen.kind === 'seen' ? seen.value.lines.map(({ id }) => id) : []
}
const refund = (paymentId: PaymentId, requestId: string, minor: bigint | null = null) =>
  world.shop.requestRefund(owner, { paymentId, requestId, byHand: true, minor })
const booksHold = async () => expect(await world.shop.checkBooks()).toEqual([])

test('what the provider does not have is a loss, once, by ten who press at once; the customer keeps the time', async () => {
  const { customer, paymentId, reference } = await paid()
  world.provider.answer(reference, { kind: 'pending' })
  expect(await compare()).toBe(1)
  expect(await undecided()).toEqual([paymentId])
  expect(await see(paymentId)).toMatchObject({ difference: { kind: 'missing', missing: roubles(299) } })
  const results = await Promise.all(Array.from({ length: 10 }, () => world.shop.writeOff(owner, paymentId)))
  expect(results.filter(({ kind }) => kind === 'written_off')).toEqual([{ kind: 'written_off', amount: roubles(299) }])
  expect(await sums('written_off', 'provider:fake')).toEqual([29_900n, 0n])
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active' })
  expect(await refund(paymentId, 'r1')).toEqual({ kind: 'nothing_to_refund' })
  expect(await compare()).toBe(0)
  expect(await undecided()).toEqual([])
  await booksHold()
})

test('what was lost can be found again: by staff, who undo it, and by the list, which undoes it itself', async () => {
  const { paymentId, reference } = await paid()
  world.provider.answer(reference, { kind: 'pending' })
  await compare()
  await world.shop.writeOff(owner, paymentId)
  expect(await world.shop.undoWriteOff(owner, paymentId)).toEqual({ kind: 'undone', amount: roubles(299) })
  expect(await world.shop.undoWriteOff(owner, paymentId)).toEqual({ kind: 'already_done' })
  expect(await undecided()).toEqual([paymentId])
  await world.shop.writeOff(owner, paymentId)
  world.provider.pay(reference)
  expect(await compare()).toBe(1)
  expect(await sums('written_off', 'provider:fake')).toEqual([0n, 29_900n])
  expect(await see(paymentId)).toMatchObject({ difference: null, writtenOff: null })
  expect(await refund(paymentId, 'r1')).toMatchObject({ kind: 'booked' })
  await booksHold()
})

test('of less that came there only the rest is lost, and only what came can be given back', async () => {
  const { paymentId, reference } = await paid()
  world.provider.pay(reference, roubles(100))
  world.provider.list([{ reference, paymentId, received: roubles(100), refunded: null }])
  expect(await compare()).toBe(1)
  expect(await world.shop.writeOff(owner, paymentId)).toEqual({ kind: 'written_off', amount: roubles(199) })
  expect(await refund(paymentId, 'r1')).toMatchObject({ kind: 'booked', amount: roubles(100) })
  expect(await sums('written_off', 'provider:fake')).toEqual([19_900n, 0n])
  await booksHold()
})

test('a wrong sum that nobody claims is kept; the rest that comes later is honoured all the same', async () => {
  const { customer, paymentId, reference } = await paid(roubles(100))
  expect(await world.shop.writeOff(owner, paymentId)).toEqual({ kind: 'written_off', amount: roubles(100) })
  expect(await sums('written_off', 'suspense')).toEqual([-10_000n, 0n])
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })).toEqual({ kind: 'nothing_held' })
  expect(await refund(paymentId, 'r1')).toEqual({ kind: 'nothing_to_refund' })
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
  expect(await sums('written_off', 'suspense', 'provider:fake')).toEqual([0n, 0n, 29_900n])
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active' })
  expect(await refund(paymentId, 'r2')).toMatchObject({ kind: 'booked', amount: roubles(299) })
  await booksHold()
})

test('what is on its way back, or was paid as asked, cannot be written off, and not by whoever may not', async () => {
  const wrong = await paid(roubles(100))
  await world.shop.requestRefund(owner, { paymentId: wrong.paymentId, requestId: 'r', byHand: false, minor: null })
  expect(await world.shop.writeOff(owner, wrong.paymentId)).toEqual({ kind: 'refund_open' })
  const right = await paid()
  expect(await world.shop.writeOff(owner, right.paymentId)).toEqual({ kind: 'nothing_to_write_off' })
  expect(await world.shop.writeOff(99n, right.paymentId)).toMatchObject({ kind: 'forbidden' })
  expect(await world.shop.undoWriteOff(99n, right.paymentId)).toMatchObject({ kind: 'forbidden' })
})

test('dies before its end, and is as if never pressed', async () => {
  const { paymentId } = await paid(roubles(100))
  crashAt = 'write-off:before-commit'
  await expect(world.shop.writeOff(owner, paymentId)).rejects.toThrow('died')
  crashAt = null
  expect(await sums('written_off')).toEqual([0n])
  expect(await world.shop.writeOff(owner, paymentId)).toMatchObject({ kind: 'written_off' })
})

test('a refund that the provider never carried out is a case that staff decide once', async () => {
  const { paymentId, reference } = await paid()
  const asked = await world.shop.requestRefund(owner, { paymentId, requestId: 'r', byHand: false, minor: null })
  if (asked.kind !== 'requested') throw new Error(asked.kind)
  expect(await world.shop.carryOutRefund(asked.refundId)).toBe('done')
  world.provider.pay(reference)
  expect(await compare()).toBe(1)
  expect(await see(paymentId)).toMatchObject({ difference: { kind: 'refund_missing', missing: roubles(299) } })
  await world.shop.decidePayment(owner, paymentId, true)
  await compare()
  expect(await undecided()).toEqual([])
  await booksHold()
})

test('more that came there becomes the balance, once', async () => {
  const { customer, reference, paymentId } = await paid()
  world.provider.pay(reference, roubles(500))
  world.provider.list([{ reference, paymentId, received: roubles(500), refunded: null }])
  expect([await compare(), await compare()]).toEqual([1, 0])
  expect(await world.shop.getBalance(customer.id)).toMatchObject({ amounts: [roubles(201)] })
  await booksHold()
})

test('a payment of a moment ago is not missed, and many that are missing are asked about in bounds', async () => {
  const { paymentId, reference } = await paid()
  world.provider.answer(reference, { kind: 'pending' })
  world.clock.advance(hourMs / 2)
  expect(await world.shop.reconcilePayments()).toBe(0)
  await world.fixture.database.em().execute(
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, received_minor,
       received_currency, reference, created_at, expires_at, paid_at)
     select 'pay_' || n, order_id, customer_id, provider, state, amount_minor, currency, received_minor,
       received_currency, 'gone-' || n, created_at + n * interval '1 ms', expires_at, paid_at
     from payments, generate_series(1, 1500) n where id = ?`,
    [paymentId],
  )
  const asked = world.provider.statusCalls()
  expect(await compare()).toBe(100)
  expect(world.provider.statusCalls() - asked).toBe(100)
})

test('a state that nobody knows, or a remembered one, is no missing money', async () => {
  const { paymentId, reference } = await paid()
  for (const unclear of [{ unknownWord: 'on_hold' }, { askAgainAt: world.clock.now() }]) {
    world.provider.answer(reference, { kind: 'pending', ...unclear })
    expect(await compare()).toBe(0)
    expect(await undecided()).toEqual([])
  }
  expect(await world.shop.writeOff(owner, paymentId)).toEqual({ kind: 'nothing_to_write_off' })
})

test('what the list has as the books do is not asked about', async () => {
  const { paymentId, reference } = await paid()
  world.provider.list([{ reference, paymentId, received: roubles(299), refunded: null }])
  const asked = world.provider.statusCalls()
  expect(await compare()).toBe(0)
  expect(world.provider.statusCalls()).toBe(asked)
})

test('staff ask the provider again about what differs', async () => {
  const { paymentId, reference } = await paid()
  world.provider.answer(reference, { kind: 'pending' })
  await compare()
  expect(await world.shop.recheckAsStaff(owner, paymentId)).toEqual({ kind: 'differs' })
  world.provider.pay(reference)
  expect(await world.shop.recheckAsStaff(owner, paymentId)).toEqual({ kind: 'agrees' })
  expect(await undecided()).toEqual([])
})

test('what was lost and is then said to have been given back was there: it is lost once', async () => {
  const { paymentId, reference } = await paid()
  world.provider.answer(reference, { kind: 'pending' })
  await compare()
  await world.shop.writeOff(owner, paymentId)
  const back = { kind: 'paid', received: roubles(0), paidAt: null, refunded: roubles(299) } as const
  world.provider.answer(reference, back)
  await Promise.all([world.shop.inspectRefund(paymentId), world.shop.inspectRefund(paymentId)])
  expect(await sums('written_off', 'provider:fake')).toEqual([0n, 0n])
  expect(await see(paymentId)).toMatchObject({ state: 'refunded', difference: null, writtenOff: null })
  await booksHold()
})

test('a part that came and is given back leaves the loss of the rest as it was', async () => {
  const { paymentId, reference } = await paid()
  world.provider.pay(reference, roubles(100))
  world.provider.list([{ reference, paymentId, received: roubles(100), refunded: null }])
  await compare()
  await world.shop.writeOff(owner, paymentId)
  const back = { kind: 'paid', received: roubles(0), paidAt: null, refunded: roubles(100) } as const
  world.provider.answer(reference, back)
  await world.shop.inspectRefund(paymentId)
  expect(await sums('written_off', 'provider:fake')).toEqual([19_900n, 0n])
  await booksHold()
})

test('what nobody claimed and the provider then gave back was no gain', async () => {
  const { paymentId, reference } = await paid(roubles(100))
  await world.shop.writeOff(owner, paymentId)
  const back = { kind: 'paid', received: roubles(0), paidAt: null, refunded: roubles(100) } as const
  world.provider.answer(reference, back)
  await world.shop.inspectRefund(paymentId)
  expect(await sums('written_off', 'suspense', 'provider:fake')).toEqual([0n, 0n, 0n])
  expect(await see(paymentId)).toMatchObject({ state: 'refunded', writtenOff: null })
})
