import { createHmac } from 'node:crypto'
import {
  type InvoiceRequest,
  type ListedPayment,
  money,
  ProviderBusy,
  ProviderRefused,
  ProviderUnclear,
  ProviderUnreachable,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { createCoingate } from '@vpn-kiosk/payments'
import { describe, expect, test } from 'vitest'
import { openCannedProvider } from './canned-provider.ts'
import { readRecorded } from './recorded-bodies.ts'

const token = 'cg-secret-token'
const connect = (apiUrl: string) =>
  createCoingate({ token, publicUrl: 'https://vpn.example.com/', apiUrl, retryDelaysMs: [1, 1] })
const offline = connect('http://127.0.0.1:9')
const request: InvoiceRequest = {
  paymentId: 'pay_8x2k0000000000000000',
  amount: money(10_050, 'EUR'),
  description: 'One month',
  returnUrl: 'https://t.me/a_bot',
  expiresAt: new Date('2026-10-01T10:30:00Z'),
}
const order = JSON.parse(readRecorded('coingate-order-paid').toString('utf8')) as object
const clean = { ...order, underpaid_amount: '0', refunds: [], fees: [], blockchain_transactions: [] }
const page = (...orders: object[]) => ({ body: JSON.stringify({ current_page: 1, per_page: 100, orders }) })
const tokenOf = (paymentId: string) =>
  createHmac('sha256', token).update(`coingate callback ${paymentId}`).digest('hex')

describe('a CoinGate callback', () => {
  const fields = { id: '535', order_id: request.paymentId, status: 'paid', price_amount: '5.0', price_currency: 'EUR' }
  const form = (changes: Readonly<Record<string, string>> = {}) => ({
    body: Buffer.from(
      String(new URLSearchParams({ ...fields, token: tokenOf(request.paymentId), 'fees[][type]': 'a', ...changes })),
    ),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    sourceIp: '203.0.113.9',
  })
  const json = (changes: object = {}) => ({
    body: Buffer.from(JSON.stringify({ ...fields, id: 535, token: tokenOf(request.paymentId), ...changes })),
    headers: { 'content-type': 'application/json' },
    sourceIp: '203.0.113.9',
  })

  test('says the same as a form and as JSON', async () => {
    const heard = await offline.parseWebhook(form())
    expect(heard).toMatchObject({
      about: 'payment',
      reference: '535',
      paymentId: request.paymentId,
      key: 'paid:535',
    })
    expect(await offline.parseWebhook(json())).toEqual(heard)
    expect(JSON.stringify(heard)).not.toContain(tokenOf(request.paymentId))
  })

  test.each(['refunded', 'partially_refunded'])('of %s is about a refund', async (status) => {
    expect(await offline.parseWebhook(json({ status }))).toMatchObject({ about: 'refund', key: `${status}:535` })
  })

  test.each(['pending', 'confirming'])('of %s says nothing that anybody could act on', async (status) => {
    expect(await offline.parseWebhook(form({ status }))).toBeNull()
  })

  test.each([
    ['no token', { token: '' }],
    ['a wrong token', { token: '0'.repeat(64) }],
    ['a token of another length', { token: 'ab' }],
    ['the token of another order', { token: tokenOf('pay_other000000000000000') }],
    ['the token of this order for another one', { order_id: 'pay_other000000000000000' }],
    ['an order that is not ours', { order_id: '14037' }],
    ['a status that is no word', { status: 'paid\n' }],
    ['an id that is a path', { id: '../535' }],
  ])('with %s is rejected', async (_, changes) => {
    await expect(offline.parseWebhook(form(changes))).rejects.toBeInstanceOf(WebhookRejected)
    await expect(offline.parseWebhook(json(changes))).rejects.toBeInstanceOf(WebhookRejected)
  })

  test.each([
    ['nothing', Buffer.from('')],
    ['no text', Buffer.from([0xff, 0xfe])],
    ['JSON', json().body],
    ['too much', Buffer.from(`${form().body.toString()}&x=${'y'.repeat(300 * 1024)}`)],
  ])('that is a form of %s is rejected', async (_, body) => {
    await expect(offline.parseWebhook({ ...form(), body })).rejects.toBeInstanceOf(WebhookRejected)
  })
})

describe('a recorded CoinGate order', () => {
  const statusOf = async (changes: object, base: object = clean) => {
    await using provider = await openCannedProvider({ body: JSON.stringify({ ...base, ...changes }) })
    return await connect(provider.url).fetchStatus('535')
  }

  test('that is paid brought its price, though its examples call all of the coins missing', async () => {
    expect(await statusOf({}, order)).toEqual({
      kind: 'paid',
      received: money(10_000, 'EUR'),
      paidAt: new Date('2026-10-01T10:03:11Z'),
      paymentId: request.paymentId,
    })
  })

  test.each(['new', 'pending', 'confirming'])('that is %s has brought nothing yet', async (status) => {
    expect(await statusOf({ status, underpaid_amount: '0.001' })).toEqual({ kind: 'pending' })
  })

  test('in a state that nobody knows is pending, and says it', async () => {
    expect(await statusOf({ status: 'on_hold' })).toEqual({ kind: 'pending', unknownWord: 'on_hold' })
  })

  test.each([
    ['expired', 'expired'],
    ['invalid', 'declined'],
    ['canceled', 'unknown'],
  ] as const)('that is %s brought nothing, whether or not a coin was chosen', async (status, reason) => {
    const ended = { kind: 'canceled', reason }
    expect(await statusOf({ status })).toEqual(ended)
    expect(await statusOf({ status, underpaid_amount: '0.004898860' })).toEqual(ended)
    expect(await statusOf({ status, pay_amount: undefined, pay_currency: undefined })).toEqual(ended)
  })

  test.each([
    ['in part', { underpaid_amount: '0.00089886' }, '0.00489886 - 0.00089886 BTC'],
    ['late', { underpaid_amount: '0', is_refundable: true }, '0.00489886 BTC'],
    ['late and too much', { overpaid_amount: '0.1' }, '0.00489886 + 0.1 BTC'],
    ['and rejected', { blockchain_transactions: [{ amount: '0.00489886' }] }, '0.00489886 BTC'],
  ])('that ended though it was paid %s waits for a human', async (_, changes, written) => {
    for (const status of ['invalid', 'expired', 'canceled'])
      expect(await statusOf({ status, ...changes })).toMatchObject({
        kind: 'paid',
        received: { raw: `${written}, ${status}` },
      })
  })

  test('that is paid without some of its coins waits for a human', async () => {
    const status = await statusOf({ underpaid_amount: '0.0001' })
    expect(status).toMatchObject({ kind: 'paid', received: { raw: '0.00489886 - 0.0001 BTC, paid' } })
  })

  test('that is paid with more brought its price, and the rest is said in coins', async () => {
    expect(await statusOf({ overpaid_amount: '0.0001' })).toMatchObject({
      received: money(10_000, 'EUR'),
      surplus: { raw: '0.0001 BTC' },
    })
  })

  test('tells the fee where it is in the currency of the price', async () => {
    const fee = (amount: string, symbol: string) => ({ type: 'processing_fee', amount, currency: { id: 1, symbol } })
    expect(await statusOf({ fees: [fee('1.00', 'EUR'), fee('0.5', 'EUR')] })).toMatchObject({ fee: money(150, 'EUR') })
    expect(await statusOf({ fees: [fee('1.00', 'EUR'), fee('0.5', 'USDT')] })).not.toHaveProperty('fee')
    expect(await statusOf({ fees: [fee('1.007658', 'USDT')] })).not.toHaveProperty('fee')
  })

  const refund = (amount: string, status = 'completed') => ({
    request_amount: amount,
    request_currency: { id: 2, symbol: 'EUR' },
    refund_amount: '0.0004862',
    refund_currency: { id: 1, symbol: 'BTC' },
    status,
  })
  test.each([
    ['all of it', { status: 'refunded' }, money(0, 'EUR'), money(10_000, 'EUR')],
    [
      'all of what was a part',
      { status: 'refunded', underpaid_amount: '0.001' },
      money(0, 'EUR'),
      { raw: '0.00489886 - 0.001 BTC, refunded' },
    ],
    [
      'a part',
      { status: 'partially_refunded', refunds: [refund('10.0'), refund('2.5'), refund('9.0', 'rejected')] },
      money(8750, 'EUR'),
      money(1250, 'EUR'),
    ],
    ['a part while it is still called paid', { refunds: [refund('10.0')] }, money(9000, 'EUR'), money(1000, 'EUR')],
    [
      'a part that is only told in coins',
      { status: 'partially_refunded', refunds: [{ ...refund('10.0'), request_currency: undefined }] },
      { raw: '100.00 EUR - 0.0004862 BTC' },
      { raw: '0.0004862 BTC' },
    ],
    [
      'a part, which may be of what was beyond the price,',
      { status: 'partially_refunded', overpaid_amount: '0.0005', refunds: [refund('10.0')] },
      money(10_000, 'EUR'),
      { raw: '10.00 EUR, 0.0005 BTC overpaid' },
    ],
    [
      'a part that is not told',
      { status: 'partially_refunded' },
      { raw: '100.00 EUR - partially_refunded' },
      { raw: 'partially_refunded' },
    ],
  ])('of which %s was given back says so', async (_, changes, received, refunded) => {
    expect(await statusOf(changes)).toMatchObject({ kind: 'paid', received, refunded })
  })

  test('with another id than the asked one, or with none, is unclear', async () => {
    await expect(statusOf({ id: 536 })).rejects.toBeInstanceOf(ProviderUnclear)
    await expect(statusOf({ id: null })).rejects.toBeInstanceOf(ProviderUnclear)
  })
})

describe('a CoinGate create', () => {
  test('names its price, its callback and a token of its own', async () => {
    await using provider = await openCannedProvider(page(), { body: JSON.stringify({ ...clean, status: 'new' }) })
    expect(await connect(provider.url).createInvoice(request)).toEqual({
      reference: '535',
      url: 'https://pay.coingate.com/invoice/68d7e03c-6bd0-401e-b9c3-f891709b88d8',
    })
    expect(provider.heard.map(({ call }) => call)).toEqual([
      'GET /orders?per_page=100&page=1&sort=created_at_desc&created_at%5Bfrom%5D=2026-09-30',
      'POST /orders',
    ])
    expect(JSON.parse(provider.heard[1]?.body ?? '')).toEqual({
      order_id: request.paymentId,
      price_amount: 100.5,
      price_currency: 'EUR',
      receive_currency: 'DO_NOT_CONVERT',
      title: 'One month',
      description: 'One month',
      callback_url: 'https://vpn.example.com/pay/coingate',
      success_url: 'https://t.me/a_bot',
      cancel_url: 'https://t.me/a_bot',
      token: tokenOf(request.paymentId),
    })
  })

  test('of two characters is described by its id', async () => {
    await using provider = await openCannedProvider(page(), { body: JSON.stringify(clean) })
    await connect(provider.url).createInvoice({ ...request, description: ' ab' })
    expect(JSON.parse(provider.heard[1]?.body ?? '')).toMatchObject({ title: request.paymentId })
  })

  const others = Array.from({ length: 100 }, (_, index) => ({ ...clean, id: index + 1, order_id: `other-${index}` }))

  test('finds the earlier attempt behind a full page of others', async () => {
    await using provider = await openCannedProvider(page(...others), page(clean))
    expect((await connect(provider.url).createInvoice(request)).reference).toBe('535')
    expect(provider.heard.map(({ call }) => call)).not.toContain('POST /orders')
  })

  test('looks at no more than five pages', async () => {
    const full = page(...others)
    const created = { body: JSON.stringify(clean) }
    await using provider = await openCannedProvider(full, full, full, full, full, created)
    await connect(provider.url).createInvoice(request)
    expect(provider.heard.map(({ call }) => call.slice(0, 4))).toEqual(['GET ', 'GET ', 'GET ', 'GET ', 'GET ', 'POST'])
  })

  test('that finds its own order and cannot read it makes no second one', async () => {
    await using provider = await openCannedProvider(page({ id: 'text', order_id: request.paymentId }))
    await expect(connect(provider.url).createInvoice(request)).rejects.toBeInstanceOf(ProviderUnreachable)
    expect(provider.heard.map(({ call }) => call)).not.toContain('POST /orders')
  })

  test.each([
    [401, { message: 'Not found App by Access-Key', reason: 'BadCredentials' }, 'HTTP 401 BadCredentials'],
    [
      422,
      { message: 'Order is not valid', reason: 'OrderIsNotValid', errors: ['Price is not a number'] },
      'OrderIsNotValid: Price is not a number',
    ],
    [403, {}, 'HTTP 403'],
  ])('that is answered with %d is refused in its own words, without the token', async (status, body, words) => {
    await using provider = await openCannedProvider({ status, body: JSON.stringify(body) })
    const failure = await connect(provider.url)
      .createInvoice(request)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderRefused)
    expect(String(failure)).toContain(words)
    expect(String(failure)).not.toContain(token)
  })

  test('that comes too often is asked to wait', async () => {
    await using provider = await openCannedProvider({ status: 429, headers: { 'retry-after': '60' }, body: '{}' })
    await expect(connect(provider.url).createInvoice(request)).rejects.toBeInstanceOf(ProviderBusy)
    expect(provider.heard).toHaveLength(1)
  })

  test('in roubles is refused, since nobody says that they can be priced in', async () => {
    await expect(offline.createInvoice({ ...request, amount: money(100, 'RUB') })).rejects.toThrow('EUR, USD')
  })
})

describe('the list of CoinGate orders', () => {
  const list = async (...orders: object[]) => {
    await using provider = await openCannedProvider(page(...orders))
    const listed: ListedPayment[] = []
    for await (const some of connect(provider.url).listPayments(new Date('2026-09-27T08:00:00Z'))) listed.push(...some)
    expect(provider.heard[0]?.call).toContain('created_at%5Bfrom%5D=2026-09-27')
    return listed
  }

  test('names what was paid, late and in part too, and nothing else', async () => {
    const listed = await list(
      { ...clean, id: 1, status: 'new' },
      { ...clean, id: 2, status: 'expired' },
      { ...clean, id: 3, status: 'expired', underpaid_amount: '0.001' },
      { ...clean, id: 4, order_id: '' },
      { ...clean, id: 5, status: 'refunded' },
    )
    expect(listed).toEqual([
      {
        reference: '3',
        paymentId: request.paymentId,
        received: { raw: '0.00489886 - 0.001 BTC, expired' },
        refunded: null,
        fee: null,
      },
      { reference: '4', paymentId: null, received: money(10_000, 'EUR'), refunded: null, fee: null },
      {
        reference: '5',
        paymentId: request.paymentId,
        received: money(0, 'EUR'),
        refunded: money(10_000, 'EUR'),
        fee: null,
      },
    ])
  })

  test('is unclear when it holds what cannot be read', async () => {
    await expect(list(clean, { status: 'paid' })).rejects.toBeInstanceOf(ProviderUnclear)
  })
})
