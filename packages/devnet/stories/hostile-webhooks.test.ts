import { createHash, createHmac } from 'node:crypto'
import { createPaymentProviders } from '@vpn-kiosk/payments'
import { createShop } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { createWebServer, defaultLimits } from '@vpn-kiosk/web'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

/* Whoever may send webhooks may send anything: each is answered for good, and the next one is taken in. */

const token = '100500:crypto-pay-token'
const secret = 'test-secret'
const hmac = (key: string | Uint8Array, body: Buffer) => createHmac('sha256', key).update(body).digest('hex')

interface Sender {
  readonly provider: string
  readonly body: object
  headers(body: Buffer): Record<string, string>
}

const payment = {
  id: '2d93cac0-000f-5000-8000-126628f15141',
  status: 'succeeded',
  amount: { value: '179.00', currency: 'RUB' },
  cancellation_details: { party: 'yoo_money', reason: 'expired' },
  metadata: { payment_id: 'pay_8x2k0000000000000000' },
}
const refund = { id: '2e93cac0-0015-5000-8000-126628f15141', payment_id: payment.id, amount: payment.amount }
const invoice = {
  invoice_id: 528890,
  currency_type: 'fiat',
  fiat: 'RUB',
  amount: '179.00',
  paid_asset: 'USDT',
  paid_amount: '1.79',
  status: 'paid',
  payload: 'pay_8x2k0000000000000000',
}
const testInvoice = {
  id: 'inv_pay_8x2k0000000000000000',
  status: 'paid',
  received: '179.00 RUB',
  payment_id: 'pay_8x2k0000000000000000',
}

const coingateToken = 'cg-secret-token'
const order = {
  id: 528890,
  order_id: 'pay_8x2k0000000000000000',
  status: 'paid',
  price_amount: '5.0',
  price_currency: 'EUR',
  underpaid_amount: '0',
  overpaid_amount: '0',
  token: hmac(coingateToken, Buffer.from('coingate callback pay_8x2k0000000000000000')),
}

const senders: readonly Sender[] = [
  {
    provider: 'yookassa',
    body: { type: 'notification', event: 'payment.succeeded', object: payment },
    headers: () => ({}),
  },
  {
    provider: 'yookassa',
    body: { type: 'notification', event: 'refund.succeeded', object: refund },
    headers: () => ({}),
  },
  {
    provider: 'cryptobot',
    body: { update_id: 1001, update_type: 'invoice_paid', payload: invoice },
    headers: (body) => ({ 'crypto-pay-api-signature': hmac(createHash('sha256').update(token).digest(), body) }),
  },
  { provider: 'coingate', body: order, headers: () => ({}) },
  {
    provider: 'test',
    body: { event: 'invoice.paid', invoice: testInvoice },
    headers: (body) => ({ 'x-test-signature': hmac(secret, body) }),
  },
]

const quoted = (...bytes: number[]) => Buffer.from([0x22, 0x61, ...bytes, 0x62, 0x22])
const depth = 10_000
const tooMuch = 256 * 1024 + 1

/** What may stand in place of a field, as it stands in the body. */
const hostile: Readonly<Record<string, Buffer>> = {
  'NUL, escaped': Buffer.from('"a\\u0000b"'),
  'NUL, raw': quoted(0),
  'half a pair, escaped': Buffer.from('"a\\ud800b"'),
  'the pair the wrong way round': Buffer.from('"\\udc00\\ud800"'),
  'half a pair, raw': quoted(0xed, 0xa0, 0x80),
  'not UTF-8': quoted(0xff, 0xfe),
  'a name of a prototype': Buffer.from('"__proto__"'),
  'keys of prototypes': Buffer.from(
    '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},"toString":1}',
  ),
  'keys that no database takes': Buffer.from('{"a\\u0000b":"c","\\ud800":["\\u0000"]}'),
  'many lists in one another': Buffer.from('['.repeat(depth) + ']'.repeat(depth)),
  'many objects in one another': Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  'a number beyond all': Buffer.from('1e999'),
  nothing: Buffer.from('null'),
  'a long text': Buffer.from(JSON.stringify('ж\u202e'.repeat(20_000))),
}

const mark = '@@here@@'

/** The body with each of its fields in turn replaced by the mark. */
function marked(value: unknown, put: (changed: unknown) => object): object[] {
  const here = [put(mark)]
  if (typeof value !== 'object' || value === null) return here
  const inside = Object.entries(value).flatMap(([key, part]) =>
    marked(part, (changed) => put({ ...value, [key]: changed })),
  )
  return [...here, ...inside]
}

function fill(body: object, value: Buffer): Buffer {
  const [before = '', after = ''] = JSON.stringify(body).split(`"${mark}"`)
  return Buffer.concat([Buffer.from(before), value, Buffer.from(after)])
}

let world: TestShop
let server: FastifyInstance

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  const providers = createPaymentProviders(
    {
      yookassa: { shopId: '1', secretKey: 'live_x' },
      cryptobot: { token },
      coingate: { token: coingateToken, publicUrl: 'https://vpn.example.com' },
      test: { apiUrl: 'http://127.0.0.1:9', secret },
    },
    { clock: world.clock },
  )
  const ignore = () => undefined
  server = await createWebServer(
    {
      shop: createShop({ ...world.deps, providers }),
      queue: world.queue,
      logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      clock: world.clock,
      trustedProxies: [],
      checks: {},
    },
    { ...defaultLimits, webhooksPerMinute: 1_000_000 },
  )
})
afterAll(async () => {
  await server.close()
  await world.close()
})

const send = async ({ provider, headers }: Sender, body: Buffer) =>
  (
    await server.inject({
      method: 'POST',
      url: `/pay/${provider}`,
      payload: body,
      headers: { 'content-type': 'application/json', ...headers(body) },
      remoteAddress: '77.75.156.11',
    })
  ).statusCode

const asForm = { 'content-type': 'application/x-www-form-urlencoded' }
const isFinal = (status: number) => status === 200 || (status >= 400 && status < 500)

test.each(senders)('whatever $provider says in any field is answered for good: $body', async (sender) => {
  const clean = Buffer.from(JSON.stringify(sender.body))
  expect(await send(sender, clean)).toBe(200)
  const unanswered: string[] = []
  for (const body of marked({ ...sender.body, further: 'x' }, (changed) => changed as object)) {
    for (const [name, value] of Object.entries(hostile)) {
      const status = await send(sender, fill(body, value))
      if (!isFinal(status)) unanswered.push(`${status} for ${name} in ${JSON.stringify(body)}`)
    }
    const withoutRest = fill(body, Buffer.from('""')).byteLength
    expect(await send(sender, fill(body, Buffer.from(`"${'x'.repeat(tooMuch - withoutRest)}"`)))).toBe(413)
  }
  expect(unanswered).toEqual([])
  expect(await send(sender, clean)).toBe(200)
  expect(({} as { isPolluted?: boolean }).isPolluted).toBeUndefined()
})

test('a bad callback of CoinGate is answered with 400, and no other way that ends its deliveries', async () => {
  const form = (fields: object) => {
    const sent = new URLSearchParams()
    for (const [name, value] of Object.entries(fields)) sent.set(name, String(value))
    return Buffer.from(String(sent))
  }
  const { token: _token, ...unnamed } = order
  const statuses = [{ ...order, token: '' }, { ...order, token: 'x' }, unnamed, { ...order, order_id: '1' }, {}].map(
    async (body) => [
      await send({ provider: 'coingate', body, headers: () => ({}) }, Buffer.from(JSON.stringify(body))),
      await send({ provider: 'coingate', body, headers: () => asForm }, form(body)),
    ],
  )
  expect((await Promise.all(statuses)).flat()).toEqual(Array(10).fill(400))
  expect(await send({ provider: 'coingate', body: order, headers: () => asForm }, form(order))).toBe(200)
  // CoinGate gives up for good at 301, 302, 401 and 403.
  const elsewhere = ['/pay/coingate/', '/pay/coingate?token=1', '//pay/coingate', '/pay/coingat', '/pay']
  const answers = await Promise.all(
    elsewhere.map(async (url) => (await server.inject({ method: 'POST', url, payload: '{}' })).statusCode),
  )
  expect(answers).toEqual([404, 400, 404, 404, 404])
})
