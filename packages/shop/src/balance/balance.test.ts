import { type CustomerId, money, type PaymentId } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
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

let requests = 0
async function startTopUp(customerId: CustomerId, minor: bigint, planCode: string | null = null) {
  requests += 1
  const plan = (await world.shop.listPlans()).find(({ code }) => code === planCode)
  const result = await world.shop.startTopUp({
    customerId,
    providerId: 'fake',
    amount: money(minor, 'RUB'),
    planId: plan?.id ?? null,
    requestId: `r${requests}`,
    returnUrl: 'https://t.me/shop',
    description: 'top-up',
  })
  if (result.kind !== 'invoice') throw new Error(result.kind)
  return { paymentId: result.paymentId, reference: `inv-${result.paymentId}` }
}

async function topUp(customerId: CustomerId, minor: bigint, planCode: string | null = null, received = minor) {
  const invoice = await startTopUp(customerId, minor, planCode)
  world.provider.pay(invoice.reference, money(received, 'RUB'))
  expect(await world.shop.settlePayment(invoice.paymentId)).toEqual({ kind: 'settled' })
  return invoice
}

async function buy(customerId: CustomerId, requestId = `b${++requests}`) {
  const plan = (await world.shop.listPlans()).find(({ code }) => code === 'month')!
  return world.shop.buyFromBalance({ customerId, planId: plan.id, requestId })
}

const balanceOf = async (id: CustomerId) => (await world.shop.getBalance(id)).amounts
const daysOf = async (id: CustomerId) => (await world.shop.getSubscription(id))?.daysLeft ?? 0
const told = async (customerId: CustomerId) =>
  (
    await world.fixture.database
      .em()
      .execute<{ content: { kind: string } }[]>('select content from notifications where customer_id = ?', [customerId])
  )
    .map(({ content }) => content.kind)
    .toSorted()

describe('a top-up', () => {
  test('is the customer’s balance, once, and no sale', async () => {
    const { id } = await world.addCustomer()
    const invoice = await startTopUp(id, 30_000n)
    world.provider.pay(invoice.reference)
    await Promise.all(Array.from({ length: 20 }, () => world.shop.settlePayment(invoice.paymentId)))
    expect(await balanceOf(id)).toEqual([roubles(300)])
    expect(await daysOf(id)).toBe(0)
    expect(await told(id)).toEqual(['topped_up'])
    expect(await world.shop.getDashboard(owner)).toMatchObject({ value: { sales: { today: [] } } })
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('of too little is held for a human, and of too much is kept whole', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 30_000n, null, 31_000n)
    expect(await balanceOf(id)).toEqual([roubles(310)])
    const short = await startTopUp(id, 30_000n)
    world.provider.pay(short.reference, money(100n, 'RUB'))
    expect(await world.shop.settlePayment(short.paymentId)).toEqual({ kind: 'mismatch' })
    expect(await balanceOf(id)).toEqual([roubles(310)])
  })

  test.each([0n, -1n, 10_000_001n, 10n ** 15n])('of %s is refused', async (minor) => {
    const { id } = await world.addCustomer()
    const wish = { customerId: id, providerId: 'fake', planId: null, requestId: 'x', returnUrl: '', description: '' }
    expect(await world.shop.startTopUp({ ...wish, amount: money(minor, 'RUB') })).toEqual({ kind: 'wrong_amount' })
    expect(await world.shop.startTopUp({ ...wish, amount: money(100n, 'USDT') })).toEqual({ kind: 'provider_gone' })
  })

  test('pressed twice at once opens one invoice', async () => {
    const { id } = await world.addCustomer()
    const wish = { customerId: id, providerId: 'fake', planId: null, requestId: 'same', returnUrl: '', description: '' }
    const both = await Promise.all([1, 2].map(() => world.shop.startTopUp({ ...wish, amount: roubles(100) })))
    expect(both[0]).toEqual(both[1])
    expect(world.provider.invoices.size).toBe(1)
  })
})

test('an old button of a top-up that has run out opens a new invoice, once', async () => {
  const { id } = await world.addCustomer()
  const wish = { customerId: id, providerId: 'fake', planId: null, requestId: 'old', returnUrl: '', description: '' }
  const press = () => world.shop.startTopUp({ ...wish, amount: roubles(100) })
  const first = await press()
  world.clock.advance(25 * 3_600_000)
  await world.shop.sweepPayments()
  if (first.kind !== 'invoice') throw new Error(first.kind)
  world.provider.cancel(`inv-${first.paymentId}`, 'expired')
  await world.shop.settlePayment(first.paymentId)
  const [again, twice] = [await press(), await press()]
  if (again.kind !== 'invoice') throw new Error(again.kind)
  expect(again.paymentId).not.toBe(first.paymentId)
  expect(again.expiresAt > world.clock.now()).toBe(true)
  expect(twice).toEqual(again)
  expect(
    await world.fixture.database
      .em()
      .execute('select before, after from payment_steps where payment_id = ?', [again.paymentId]),
  ).toMatchObject([
    { before: null, after: 'created' },
    { before: 'created', after: 'pending' },
  ])
})

describe('a purchase from the balance', () => {
  test('costs the price, gives the time and is a sale', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 50_000n)
    expect(await buy(id)).toEqual({ kind: 'bought' })
    expect(await balanceOf(id)).toEqual([roubles(201)])
    expect(await daysOf(id)).toBe(30)
    await world.processAll()
    expect(await told(id)).toEqual(['key_ready', 'topped_up'])
    expect(await world.shop.getDashboard(owner)).toMatchObject({
      value: { sales: { today: [roubles(299)] }, payments: { today: 1 } },
    })
    expect(await world.shop.getCustomerCard(owner, id)).toMatchObject({
      value: { payments: { count: 1, totals: [roubles(500)] } },
    })
    expect((await world.shop.getBalance(id)).lines.map(({ cause, amount }) => [cause, amount.minor])).toEqual([
      ['sale', -29_900n],
      ['top_up', 50_000n],
    ])
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('happens once however often its button is pressed', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 100_000n)
    const results = await Promise.all(Array.from({ length: 10 }, () => buy(id, 'same')))
    expect(results.filter(({ kind }) => kind === 'bought')).toHaveLength(1)
    expect(results.filter(({ kind }) => kind === 'already_paid')).toHaveLength(9)
    expect(await daysOf(id)).toBe(30)
  })

  test('never takes more than is there, whoever presses at once', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 60_000n)
    const results = await Promise.all(Array.from({ length: 8 }, () => buy(id)))
    expect(results.filter(({ kind }) => kind === 'bought')).toHaveLength(2)
    expect(await balanceOf(id)).toEqual([roubles(2)])
    expect(results.find(({ kind }) => kind === 'short')).toEqual({ kind: 'short', missing: roubles(297) })
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('that dies before it is committed has taken nothing', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 30_000n)
    crashAt = 'balance:before-commit'
    await expect(buy(id, 'again')).rejects.toThrow('died')
    crashAt = null
    expect(await balanceOf(id)).toEqual([roubles(300)])
    expect(await daysOf(id)).toBe(0)
    expect(await buy(id, 'again')).toEqual({ kind: 'bought' })
  })

  test('is refused to the banned and in a shop that is full', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 30_000n)
    await world.shop.banCustomer(owner, id)
    expect(await buy(id)).toEqual({ kind: 'banned' })
    expect(await balanceOf(id)).toEqual([roubles(300)])
  })

  test('is given back to the balance', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 29_900n)
    await buy(id)
    const [payment] = (await world.shop.listPayments({ customerId: id })).lines.filter(
      ({ provider }) => provider === 'balance',
    )
    expect(await world.shop.previewRefund(owner, payment!.id)).toMatchObject({ preview: { means: 'balance' } })
    const wish = { paymentId: payment!.id, minor: null, requestId: 'r', byHand: false }
    expect(await world.shop.requestRefund(owner, wish)).toMatchObject({ kind: 'booked' })
    expect(await balanceOf(id)).toEqual([roubles(299)])
    expect(await daysOf(id)).toBe(0)
    expect(await world.shop.checkBooks()).toEqual([])
  })
})

describe('a top-up of what is missing', () => {
  test('buys what it was for as soon as the money is there', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 10_000n)
    await topUp(id, 19_900n, 'month')
    expect(await balanceOf(id)).toEqual([])
    expect(await daysOf(id)).toBe(30)
    await world.processAll()
    expect(await told(id)).toEqual(['key_ready', 'topped_up'])
  })

  test.each(['balance:before-commit', 'settle:before-commit', 'settle:committed'])(
    'buys once whoever dies at %s',
    async (checkpoint) => {
      const { id } = await world.addCustomer()
      const invoice = await startTopUp(id, 29_900n, 'month')
      world.provider.pay(invoice.reference)
      crashAt = checkpoint
      await expect(world.shop.settlePayment(invoice.paymentId)).rejects.toThrow('died')
      crashAt = null
      await world.shop.settlePayment(invoice.paymentId)
      expect(await daysOf(id)).toBe(30)
      expect(await balanceOf(id)).toEqual([])
      expect(await world.shop.checkBooks()).toEqual([])
    },
  )

  test('stays on the balance when that was spent meanwhile, and says so', async () => {
    const { id } = await world.addCustomer()
    await topUp(id, 30_000n)
    const invoice = await startTopUp(id, 100n, 'month')
    await buy(id)
    world.provider.pay(invoice.reference)
    await world.shop.settlePayment(invoice.paymentId)
    expect(await balanceOf(id)).toEqual([roubles(2)])
    expect(await told(id)).toEqual(['key_ready', 'topped_up', 'topped_up'])
  })
})

describe('a refund of a top-up', () => {
  test('takes no more than is left of it', async () => {
    const { id } = await world.addCustomer()
    const { paymentId } = await topUp(id, 50_000n)
    await buy(id)
    expect(await world.shop.previewRefund(owner, paymentId)).toMatchObject({ preview: { most: roubles(201) } })
    const asked = await world.shop.requestRefund(owner, { paymentId, minor: null, requestId: 'r', byHand: false })
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('done')
    expect(await balanceOf(id)).toEqual([])
    expect(await daysOf(id)).toBe(30)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('is not carried out once a bank has taken the balance', async () => {
    const { id } = await world.addCustomer()
    const { paymentId, reference } = await topUp(id, 30_000n)
    const other = await topUp(id, 30_000n)
    await buy(id)
    const asked = await world.shop.requestRefund(owner, { paymentId, minor: null, requestId: 'r', byHand: false })
    if (asked.kind !== 'requested') throw new Error(asked.kind)
    const refunded = money(30_000n, 'RUB')
    world.provider.answer(other.reference, { kind: 'paid', received: money(0n, 'RUB'), paidAt: null, refunded })
    await world.shop.inspectRefund(other.paymentId)
    expect(await world.shop.carryOutRefund(asked.refundId)).toBe('failed')
    expect(world.provider.givenBack(reference)).toBe(0n)
    expect(await world.shop.checkBooks()).toEqual([])
  })

  test('on its way keeps its money from a purchase and from another refund', async () => {
    const { id } = await world.addCustomer()
    const first = await topUp(id, 29_900n)
    const second = await topUp(id, 29_900n)
    await buy(id)
    const ask = (paymentId: PaymentId) =>
      world.shop.requestRefund(owner, { paymentId, minor: null, requestId: 'r', byHand: false })
    const asked = await Promise.all([ask(first.paymentId), ask(second.paymentId)])
    expect(asked.map(({ kind }) => kind).toSorted()).toEqual(['nothing_to_refund', 'requested'])
    expect(await buy(id)).toEqual({ kind: 'short', missing: roubles(299) })
    for (const one of asked) if (one.kind === 'requested') await world.shop.carryOutRefund(one.refundId)
    expect(await balanceOf(id)).toEqual([])
    expect(await daysOf(id)).toBe(30)
  })

  test('by the bank of all of it is borne by the shop where it was spent', async () => {
    const { id } = await world.addCustomer()
    const { paymentId, reference } = await topUp(id, 29_900n)
    await buy(id)
    const refunded = money(29_900n, 'RUB')
    world.provider.answer(reference, { kind: 'paid', received: money(0n, 'RUB'), paidAt: null, refunded })
    await world.shop.inspectRefund(paymentId)
    expect(await balanceOf(id)).toEqual([])
    expect(await world.shop.checkBooks()).toEqual([])
  })
})
