import { dayMs, hourMs, minuteMs, money, ProviderUnclear, type StaffAlert } from '@vpn-kiosk/domain'
import { createTestShop, roubles, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShop } from '../src/index.ts'
import { readBooks } from './books.ts'

let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer()
})
afterAll(() => world.close())

const em = () => world.fixture.database.em()
const webhook = (text: string) =>
  world.shop.receiveWebhook('fake', { body: new TextEncoder().encode(text), headers: {}, sourceIp: '127.0.0.1' })
const stateOf = async (paymentId: string) =>
  (
    await em().execute<{ state: string; reason: string | null; received_raw: string | null }[]>(
      'select state, reason, received_raw from payments where id = ?',
      [paymentId],
    )
  )[0]
const toldCustomer = async (customerId: string) =>
  (
    await em().execute<{ key: string }[]>('select key from notifications where customer_id = ? order by created_at', [
      customerId,
    ])
  ).map(({ key }) => key.slice(0, key.indexOf(':')))

/** What staff were told of a payment, or of anything. */
async function toldStaff(kind: StaffAlert['kind'], paymentId?: string): Promise<StaffAlert[]> {
  const rows = await em().execute<{ content: StaffAlert }[]>(
    `select content from alert_events where content->>'kind' = ?`,
    [kind],
  )
  return rows
    .map(({ content: notification }) => notification)
    .filter((notification) => !paymentId || ('paymentId' in notification && notification.paymentId === paymentId))
}

test.each(['1200.00 KZT', '1.5 TON', '178.999 RUB', '-179.00 RUB', `1${'0'.repeat(30)} RUB`, '(nothing)'])(
  'paid with %s is a mismatch that keeps what came, told once to staff and to the customer',
  async (raw) => {
    const customer = await world.addCustomer()
    const { paymentId, reference } = await world.openInvoice(customer)
    world.provider.pay(reference, { raw })
    for (const _ of [1, 2, 3]) expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'mismatch' })
    expect(await stateOf(paymentId)).toMatchObject({ state: 'mismatch', received_raw: raw })
    expect(await toldStaff('payment_mismatch', paymentId)).toHaveLength(1)
    expect(await toldCustomer(customer.id)).toEqual(['mismatch'])
    expect(await readBooks(world, paymentId)).toEqual([])
  },
)

test('what came on top and cannot be accounted in is granted for nothing, kept, and told to staff once', async () => {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  const [received, surplus] = [roubles(299), { raw: '0.5 USDT paid' }]
  world.provider.answer(reference, { kind: 'paid', received, surplus, paidAt: null })
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'already_settled' })
  expect(await stateOf(paymentId)).toMatchObject({ state: 'paid', received_raw: surplus.raw })
  expect(await toldStaff('payment_trouble', paymentId)).toMatchObject([{ trouble: 'surplus', said: surplus.raw }])
  const { lines } = await world.shop.listPayments({ customerId: customer.id })
  expect(lines[0]).toMatchObject({ received, surplus: surplus.raw, trouble: null })
})

test('a word that nobody knows reaches a human within minutes, and the payment can still be paid', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.answer(reference, { kind: 'pending', unknownWord: 'on_hold' })
  await world.shop.settlePayment(paymentId)
  expect(await toldStaff('payment_trouble', paymentId)).toHaveLength(0)
  world.clock.advance(11 * minuteMs)
  for (const _ of [1, 2, 3]) await world.shop.settlePayment(paymentId)
  expect(await toldStaff('payment_trouble', paymentId)).toMatchObject([{ trouble: 'unclear', said: 'on_hold' }])
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
})

test('an answer that cannot be read fails no job, and a human reads it', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  const fetchStatus = world.provider.fetchStatus
  const shop = world.shopWith({
    ...world.provider,
    fetchStatus: async () => {
      throw new ProviderUnclear('fake answered strangely', '{"state":7}')
    },
  })
  expect(await shop.settlePayment(paymentId)).toEqual({ kind: 'provider_unavailable' })
  world.clock.advance(11 * minuteMs)
  expect(await shop.settlePayment(paymentId)).toEqual({ kind: 'provider_unavailable' })
  expect(await toldStaff('payment_trouble', paymentId)).toMatchObject([
    { said: expect.stringContaining('{"state":7}') },
  ])
  expect(await fetchStatus(reference)).toEqual({ kind: 'pending' })
})

test('where a provider deletes what has run out, a forgotten invoice has just expired', async () => {
  const shop = createShop({
    ...world.deps,
    providers: new Map([['fake', { ...world.provider, forgetsExpired: true as const }]]),
  })
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.answer(reference, { kind: 'unknown_invoice' })
  expect(await shop.settlePayment(paymentId)).toEqual({ kind: 'pending' })
  world.clock.advance(hourMs + 1)
  expect(await shop.settlePayment(paymentId)).toEqual({ kind: 'canceled', reason: 'expired' })
  expect(await stateOf(paymentId)).toMatchObject({ state: 'expired', reason: 'expired' })
  expect(await toldStaff('payment_trouble', paymentId)).toEqual([])
  expect(await toldCustomer(customer.id)).toEqual([])
})

test('an invoice that its provider forgot ends a day after its time, with the cause, told once', async () => {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.answer(reference, { kind: 'unknown_invoice' })
  for (let hour = 0; hour < 24; hour += 6) {
    expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'pending' })
    world.clock.advance(6 * hourMs)
  }
  world.clock.advance(hourMs + 1)
  for (const _ of [1, 2]) await world.shop.settlePayment(paymentId)
  expect(await stateOf(paymentId)).toMatchObject({ state: 'expired', reason: 'provider_forgot' })
  expect(await toldStaff('payment_trouble', paymentId)).toMatchObject([{ trouble: 'unknown_invoice' }])
  expect(await toldCustomer(customer.id)).toEqual(['canceled'])
})

test('wrong keys are told once in the provider’s words, and the payment is asked about again when they work', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.refuse('HTTP 401 invalid_credentials: wrong key')
  for (const _ of [1, 2, 3]) expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'provider_unavailable' })
  expect(await toldStaff('provider_refused')).toMatchObject([{ sentence: 'HTTP 401 invalid_credentials: wrong key' }])
  world.provider.refuse(null)
  world.provider.pay(reference)
  expect(await world.shop.settlePayment(paymentId)).toEqual({ kind: 'settled' })
})

test('a provider that never answers ends the wait too', async () => {
  const { paymentId } = await world.openInvoice(await world.addCustomer())
  world.provider.setDown(true)
  await expect(world.shop.settlePayment(paymentId)).rejects.toThrow('does not answer')
  world.clock.advance(dayMs + hourMs + 1)
  await world.shop.settlePayment(paymentId)
  world.provider.setDown(false)
  world.clock.advance(hourMs)
  expect(await stateOf(paymentId)).toMatchObject({ state: 'expired', reason: 'unanswered' })
})

test('an invoice that is refused is no outage: staff hear the sentence once, and the method is left out after a while', async () => {
  const [plan] = await world.shop.listPlans()
  const buy = async () => {
    const customer = await world.addCustomer()
    return world.shop.startPurchase({
      customerId: customer.id,
      planId: plan!.id,
      providerId: 'fake',
      returnUrl: 'https://t.me/shop',
      description: 'test',
    })
  }
  world.provider.refuse('HTTP 400 invalid_request (receipt): Receipt is missing or illegal')
  for (const _ of [1, 2, 3, 4]) expect(await buy()).toMatchObject({ kind: 'provider_refused' })
  expect((await toldStaff('provider_refused')).filter((told) => JSON.stringify(told).includes('Receipt'))).toHaveLength(
    1,
  )
  expect(await buy()).toMatchObject({ kind: 'provider_unavailable' })
  world.provider.refuse(null)
  world.clock.advance(minuteMs)
  expect(await buy()).toMatchObject({ kind: 'invoice' })
})

test('two processes that start one purchase hand out one page, and money by the surplus invoice is honoured', async () => {
  const customer = await world.addCustomer()
  const [plan] = await world.shop.listPlans()
  const request = {
    customerId: customer.id,
    planId: plan!.id,
    providerId: 'fake',
    returnUrl: 'https://t.me/shop',
    description: 'test',
  }
  world.provider.makeAnew(true)
  const bothAsk = Promise.withResolvers<void>()
  let asked = 0
  const shop = world.shopWith({
    ...world.provider,
    createInvoice: async (invoice) => {
      asked += 1
      if (asked === 2) bothAsk.resolve()
      await bothAsk.promise
      return world.provider.createInvoice(invoice)
    },
  })
  const results = await Promise.all([shop.startPurchase(request), shop.startPurchase(request)])
  world.provider.makeAnew(false)
  const [one, other] = results
  if (one?.kind !== 'invoice' || other?.kind !== 'invoice') throw new Error('no invoice')
  expect(other.url).toBe(one.url)
  const made = [...world.provider.invoices].filter(([, { paymentId }]) => paymentId === one.paymentId)
  expect(made).toHaveLength(2)
  const surplus = made.map(([reference]) => reference).find((reference) => !one.url.endsWith(reference))!
  world.provider.pay(surplus)
  expect(await webhook(`paid ${surplus}`)).toMatchObject({ kind: 'stored' })
  const [row] = await em().execute<{ id: `pay_${string}` }[]>('select id from payments where reference = ?', [surplus])
  expect(await world.shop.settlePayment(row!.id)).toEqual({ kind: 'settled' })
  expect((await world.shop.getSubscription(customer.id))?.daysLeft).toBe(plan!.days)
  await world.shop.cancelInvoice(one.paymentId)
  expect(await stateOf(one.paymentId)).toMatchObject({ state: 'canceled', reason: 'canceled_by_shop' })
})

test('a press of the same button after the order is paid buys nothing more', async () => {
  const customer = await world.addCustomer()
  const [plan] = await world.shop.listPlans()
  const request = {
    customerId: customer.id,
    planId: plan!.id,
    providerId: 'fake',
    requestId: 'abcdefgh',
    returnUrl: 'https://t.me/shop',
    description: 'test',
  }
  const first = await world.shop.startPurchase(request)
  if (first.kind !== 'invoice') throw new Error('no invoice')
  world.provider.pay(`inv-${first.paymentId}`)
  await world.shop.settlePayment(first.paymentId)
  expect(await world.shop.startPurchase(request)).toMatchObject({ kind: 'already_paid', orderId: first.orderId })
  expect(await world.shop.startPurchase({ ...request, requestId: 'hgfedcba' })).toMatchObject({ kind: 'invoice' })
})

test('an order paid by two invoices gives both stretches and says so', async () => {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  const [twin] = await em().execute<{ id: `pay_${string}` }[]>(
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, reference, created_at, expires_at, checks)
     select 'pay_twin', order_id, customer_id, provider, 'pending', amount_minor, currency, ? || '-twin', created_at, expires_at, 0
     from payments where id = ? returning id`,
    [reference, paymentId],
  )
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  const jobs = await em().execute(
    `select 1 from pgboss.job where name = 'cancel-invoice' and data->>'paymentId' = 'pay_twin'`,
  )
  expect(jobs).toHaveLength(1)
  const shop = world.shopWith({
    ...world.provider,
    fetchStatus: async () => ({ kind: 'paid', received: roubles(299), paidAt: null, paymentId }),
  })
  expect(await shop.settlePayment(twin!.id)).toEqual({ kind: 'settled' })
  expect((await world.shop.getSubscription(customer.id))?.daysLeft).toBe(60)
  expect(await toldCustomer(customer.id)).toContain('paid_twice')
  expect(await toldStaff('paid_twice', 'pay_twin')).toHaveLength(1)
})

test('a refund at the provider is kept and told once for each amount', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.pay(reference)
  await world.shop.settlePayment(paymentId)
  const refunded = (kopecks: number) =>
    world.provider.answer(reference, {
      kind: 'paid',
      received: money(29_900 - kopecks, 'RUB'),
      refunded: money(kopecks, 'RUB'),
      paidAt: null,
    })
  refunded(10_000)
  expect(await webhook(`refund ${reference}`)).toEqual({ kind: 'stored' })
  for (const _ of [1, 2]) await world.shop.inspectRefund(paymentId)
  expect(await toldStaff('refunded', paymentId)).toHaveLength(1)
  refunded(29_900)
  await world.shop.inspectRefund(paymentId)
  expect(await toldStaff('refunded', paymentId)).toHaveLength(2)
  expect((await world.shop.findPaymentLine(paymentId))?.refunded).toEqual(money(29_900, 'RUB'))
})

test('a refund that was there before the payment was settled is told though the process dies once it is settled', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  const given = { received: money(29_900, 'RUB'), refunded: money(10_000, 'RUB') }
  world.provider.answer(reference, { kind: 'paid', paidAt: null, ...given })
  const dying = createShop({
    ...world.deps,
    checkpoint: (step) => {
      if (step === 'settle:committed') throw new Error('killed')
    },
  })
  await dying.settlePayment(paymentId).catch(() => {})
  await world.shop.settlePayment(paymentId)
  await world.shop.settlePayment(paymentId)
  expect(await toldStaff('refund_seen', paymentId)).toHaveLength(1)
  expect((await world.shop.findPaymentLine(paymentId))?.refunded).toEqual(money(10_000, 'RUB'))
})

test('the comparison with the provider’s list settles what was missed and tells of money that nobody asked for', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  world.provider.pay(reference)
  const received = roubles(299)
  world.provider.list([
    { reference, paymentId, received, refunded: null },
    { reference: 'stray-1', paymentId: null, received, refunded: null },
  ])
  expect(await world.shop.reconcilePayments()).toBe(2)
  const [stray] = await em().execute<{ id: string }[]>(`select id from payment_webhooks where reference = 'stray-1'`)
  const shop = world.shopWith({
    ...world.provider,
    fetchStatus: async () => ({ kind: 'paid', received, paidAt: null }),
  })
  for (const _ of [1, 2]) await shop.inspectWebhook(stray!.id)
  expect(await toldStaff('unmatched_payment')).toMatchObject([{ provider: 'fake', reference: 'stray-1' }])
  expect((await world.shop.getBacklog()).webhooksUnhandled).toBe(1)
  const settling = await em().execute(
    `select 1 from pgboss.job where name = 'settle-payment' and data->>'paymentId' = ? and state = 'created'`,
    [paymentId],
  )
  expect(settling).toHaveLength(1)
})

test('however often a payment is swept and rung for, one job of each sort waits', async () => {
  const { paymentId, reference } = await world.openInvoice(await world.addCustomer())
  for (let round = 0; round < 10; round += 1) {
    world.clock.advance(2 * minuteMs)
    await world.shop.sweepPayments()
    await webhook(`paid ${reference}`)
  }
  const waiting = await em().execute(
    `select 1 from pgboss.job where name = 'settle-payment' and data->>'paymentId' = ? and state in ('created', 'retry')`,
    [paymentId],
  )
  expect(waiting.length).toBeLessThanOrEqual(2)
})

test('a webhook with a NUL or half a surrogate pair in its summary is stored', async () => {
  const { reference } = await world.openInvoice(await world.addCustomer())
  const shop = world.shopWith({
    ...world.provider,
    parseWebhook: async () => ({
      about: 'payment',
      reference,
      paymentId: null,
      key: `odd:${reference}`,
      summary: { said: 'a\u0000b\ud800', deep: { '\u0000': ['\u0000'] } },
    }),
  })
  expect(await shop.receiveWebhook('fake', { body: new Uint8Array(), headers: {}, sourceIp: '127.0.0.1' })).toEqual({
    kind: 'stored',
  })
})
