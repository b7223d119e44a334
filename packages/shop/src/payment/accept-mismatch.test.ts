import { money, type PaymentId } from '@vpn-kiosk/domain'
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

async function paid(received = roubles(100)) {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference, received)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
  return { customer, paymentId, reference }
}

const sum = async (account: string) => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ minor: string }[]>(
      'select coalesce(sum(amount_minor), 0) as minor from ledger_entries where account = ?',
      [account],
    )
  return BigInt(row!.minor)
}
const booksHold = async () => expect(await world.shop.checkBooks()).toEqual([])

test('gives what was ordered for what came, once, by ten who press at once', async () => {
  const { customer, paymentId } = await paid()
  const press = () => world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })
  const kinds = (await Promise.all(Array.from({ length: 10 }, press))).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['accepted', ...Array.from({ length: 9 }, () => 'already_done')])
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ standing: 'active', daysLeft: 30 })
  expect([await sum('suspense'), await sum('deferred')]).toEqual([0n, -10_000n])
  expect(await world.shop.getDashboard(owner)).toMatchObject({ value: { sales: { today: [roubles(100)] } } })
  const seen = await world.shop.inspectPayment(owner, paymentId)
  expect(seen).toMatchObject({ value: { state: 'paid', amount: roubles(100), received: roubles(100) } })
  await booksHold()
})

test('what was accepted can be given back, no more than came, and takes the time', async () => {
  const { customer, paymentId } = await paid()
  await world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })
  const back = (minor: bigint) =>
    world.shop.requestRefund(owner, { paymentId, requestId: `r${minor}`, byHand: true, minor })
  expect(await back(10_001n)).toEqual({ kind: 'too_much', most: roubles(100) })
  expect(await back(10_000n)).toMatchObject({ kind: 'booked' })
  expect(await world.shop.getSubscription(customer.id)).toMatchObject({ leftMs: 0 })
  await booksHold()
})

test('becomes the balance, and no sale', async () => {
  const { customer, paymentId } = await paid()
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'balance' })).toEqual({
    kind: 'accepted',
    amount: roubles(100),
  })
  expect((await world.shop.getBalance(customer.id)).amounts).toEqual([roubles(100)])
  expect(await world.shop.getSubscription(customer.id)).toBeNull()
  expect([await sum('suspense'), await sum('deferred')]).toEqual([0n, 0n])
  await booksHold()
})

test('in another currency it is no price, but a balance', async () => {
  const { customer, paymentId } = await paid(money(500n, 'USD'))
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })).toEqual({ kind: 'other_currency' })
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'balance' })).toMatchObject({ kind: 'accepted' })
  expect((await world.shop.getBalance(customer.id)).amounts).toEqual([money(500n, 'USD')])
  await booksHold()
})

test('of what was given back in part the rest is accepted, and nothing of what is on its way or all gone', async () => {
  const half = await paid()
  const wish = { paymentId: half.paymentId, requestId: 'r', byHand: true, minor: 4_000n }
  await world.shop.requestRefund(owner, wish)
  expect(await world.shop.acceptMismatch(owner, { paymentId: half.paymentId, as: 'ordered' })).toEqual({
    kind: 'accepted',
    amount: roubles(60),
  })
  const open = await paid()
  await world.shop.requestRefund(owner, { ...wish, paymentId: open.paymentId, byHand: false, minor: 10_000n })
  expect(await world.shop.acceptMismatch(owner, { paymentId: open.paymentId, as: 'balance' })).toEqual({
    kind: 'refund_open',
  })
  await booksHold()
})

test('what the books cannot hold, what is settled, and who may not, change nothing', async () => {
  const { paymentId, reference } = await paid()
  expect(await world.shop.acceptMismatch(99n, { paymentId, as: 'ordered' })).toEqual({ kind: 'forbidden' })
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })).toEqual({ kind: 'already_done' })
  const customer = await world.addCustomer()
  const raw = await world.openInvoice(customer)
  world.provider.pay(raw.reference, { raw: '3 coins' })
  await world.shop.settlePayment(raw.paymentId)
  expect(await world.shop.acceptMismatch(owner, { paymentId: raw.paymentId, as: 'balance' })).toEqual({
    kind: 'nothing_held',
  })
  await booksHold()
})

test('a death before the commit changes nothing, and the button works again', async () => {
  const { customer, paymentId } = await paid()
  crashAt = 'accept-mismatch:before-commit'
  await expect(world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })).rejects.toThrow('died')
  crashAt = null
  expect(await world.shop.getSubscription(customer.id)).toBeNull()
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'ordered' })).toMatchObject({ kind: 'accepted' })
  await booksHold()
})

test.each(['ordered', 'balance'] as const)(
  'beside a payment that has bought the order, as %s, the first one stays as it was',
  async (as) => {
    const { customer, paymentId } = await paid()
    const first = await world.openInvoice(customer)
    await em().execute(`update payments set order_id = (select order_id from payments where id = ?) where id = ?`, [
      first.paymentId,
      paymentId,
    ])
    world.provider.pay(first.reference)
    expect(await world.shop.settlePayment(first.paymentId)).toEqual({ kind: 'settled' })
    const before = await orderOf(first.paymentId)
    expect(await world.shop.acceptMismatch(owner, { paymentId, as })).toMatchObject({ kind: 'accepted' })
    expect(await orderOf(first.paymentId)).toEqual(before)
    await booksHold()
    const back = { paymentId: first.paymentId, requestId: 'back', byHand: true, minor: 29_900n }
    expect(await world.shop.requestRefund(owner, back)).toMatchObject({ kind: 'booked' })
    expect((await world.shop.getSubscription(customer.id))?.daysLeft).toBe(as === 'ordered' ? 30 : 0)
    expect((await world.shop.getBalance(customer.id)).amounts).toEqual(as === 'ordered' ? [] : [roubles(100)])
    await booksHold()
  },
)

const em = () => world.fixture.database.em()
const orderOf = (paymentId: string) =>
  em().execute(
    `select o.id, o.kind, o.plan_id, o.price_minor, o.state from orders o join payments p on p.order_id = o.id where p.id = ?`,
    [paymentId],
  )

test('the rest that comes after a wrong sum was accepted becomes the balance, once', async () => {
  for (const as of ['balance', 'ordered'] as const) {
    const { customer, paymentId, reference } = await paid()
    await world.shop.acceptMismatch(owner, { paymentId, as })
    world.provider.pay(reference, roubles(299))
    const settle = () => world.shop.settlePayment(paymentId)
    expect(await Promise.all(Array.from({ length: 10 }, settle))).toEqual(
      Array.from({ length: 10 }, () => ({ kind: 'already_settled' })),
    )
    const rest = as === 'balance' ? roubles(299) : roubles(199)
    expect((await world.shop.getBalance(customer.id)).amounts).toEqual([rest])
    expect(await world.shop.inspectPayment(owner, paymentId)).toMatchObject({ value: { received: roubles(299) } })
  }
  await booksHold()
})

test('of what went back at the provider meanwhile nothing is accepted, and of a part the rest', async () => {
  const { customer, paymentId, reference } = await paid()
  const back = (minor: number) =>
    ({ kind: 'paid', received: roubles(100 - minor), paidAt: null, refunded: roubles(minor) }) as const
  world.provider.answer(reference, back(40))
  await Promise.all([world.shop.inspectRefund(paymentId), world.shop.settlePayment(paymentId)])
  expect([await sum('suspense'), await sum('provider:fake')]).toEqual([-6_000n, 6_000n])
  expect(await world.shop.acceptMismatch(owner, { paymentId, as: 'balance' })).toEqual({
    kind: 'accepted',
    amount: roubles(60),
  })
  await world.shop.inspectRefund(paymentId)
  expect((await world.shop.getBalance(customer.id)).amounts).toEqual([roubles(60)])
  await booksHold()
})

test('more that came before it was accepted is looked for by a job, and becomes the balance', async () => {
  const { customer, paymentId, reference } = await paid()
  world.provider.pay(reference, roubles(250))
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
  await em().execute(`delete from pgboss.job where name = 'settle-payment'`)
  await world.shop.acceptMismatch(owner, { paymentId, as: 'balance' })
  const jobs = await em().execute<{ data: { paymentId: PaymentId } }[]>(
    `select data from pgboss.job where name = 'settle-payment'`,
  )
  for (const { data } of jobs) await world.shop.settlePayment(data.paymentId)
  expect((await world.shop.getBalance(customer.id)).amounts).toEqual([roubles(250)])
  await booksHold()
})
