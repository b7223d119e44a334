import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  isReadable,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnclear,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createCoingate,
  createCryptobot,
  createHeleket,
  createTestProvider,
  createWata,
  createYookassa,
} from '../src/index.ts'

let server: Server
let url = ''
let answer = ''

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

interface Adapter {
  readonly name: string
  readonly reference: string
  connect(): PaymentProvider
  /** A whole answer in which one invoice says paid; `fields` lie over its others. */
  paid(fields: object): object
  /** The fields of an amount, in the adapter's own place. */
  amount(value: unknown, currency: unknown): object
}

const retryDelaysMs: readonly number[] = []
const adapters: readonly Adapter[] = [
  {
    name: 'yookassa',
    reference: '2d93cac0-000f-5000-8000-126628f15141',
    connect: () => createYookassa({ shopId: '1', secretKey: 'live_x', apiUrl: url, retryDelaysMs }),
    paid: (fields) => ({ id: '2d93cac0-000f-5000-8000-126628f15141', ...fields, status: 'succeeded' }),
    amount: (value, currency) => ({ amount: { value, currency } }),
  },
  {
    name: 'cryptobot',
    reference: '528890',
    connect: () => createCryptobot({ token: '1:A', apiUrl: url, retryDelaysMs }, { now: () => new Date() }),
    paid: (fields) => ({ ok: true, result: { items: [{ invoice_id: 528_890, ...fields, status: 'paid' }] } }),
    amount: (amount, fiat) => ({ currency_type: 'fiat', fiat, amount }),
  },
  {
    name: 'wata',
    reference: 'pay_8x2k0000000000000000',
    connect: () => createWata({ token: 't', apiUrl: url, retryDelaysMs }, { now: () => new Date() }),
    paid: (fields) => ({ items: [{ orderId: 'pay_8x2k0000000000000000', ...fields, status: 'Paid' }] }),
    amount: (amount, currency) => ({ amount, currency }),
  },
  {
    name: 'coingate',
    reference: '528890',
    connect: () => createCoingate({ token: 'cg', publicUrl: 'https://a.test', apiUrl: url, retryDelaysMs }),
    paid: (fields) => ({ id: 528_890, ...fields, status: 'paid' }),
    amount: (price_amount, price_currency) => ({ price_amount, price_currency }),
  },
  {
    name: 'heleket',
    reference: '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d',
    connect: () => {
      const settings = { merchant: 'm', apiKey: 'k', publicUrl: 'https://a.test', apiUrl: url, retryDelaysMs }
      return createHeleket(settings, { now: () => new Date() })
    },
    paid: (fields) => ({
      state: 0,
      result: { ...fields, uuid: '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d', payment_status: 'paid' },
    }),
    amount: (amount, currency) => ({ amount, currency }),
  },
  {
    name: 'test',
    reference: 'inv_1',
    connect: () => createTestProvider({ apiUrl: url, secret: 's', retryDelaysMs }),
    paid: (fields) => ({ id: 'inv_1', ...fields, status: 'paid' }),
    amount: (value, currency) => ({ received: { value, currency } }),
  },
]

const text = fc.string({ unit: 'binary', maxLength: 60 })
const anything = fc.jsonValue({ maxDepth: 2 })
const fieldNames = [
  'amount',
  'received',
  'refunded_amount',
  'totalCommission',
  'paymentTime',
  'captured_at',
  'paid_at',
  'metadata',
  'payload',
  'fiat',
  'asset',
  'currency_type',
  'payment_id',
  'cancellation_details',
  'confirmation',
  'url',
  'price_amount',
  'price_currency',
  'pay_amount',
  'underpaid_amount',
  'overpaid_amount',
  'refunds',
  'fees',
]
const fields = fc.dictionary(fc.constantFrom(...fieldNames), fc.oneof(anything, text))

describe.each(adapters)('$name', (adapter) => {
  const ask = async (body: unknown) => {
    answer = typeof body === 'string' ? body : JSON.stringify(body)
    return await adapter.connect().fetchStatus(adapter.reference)
  }

  test.each([
    ['1200.00', 'KZT'],
    ['1.5', 'TON'],
    ['178.999', 'RUB'],
    ['-179.00', 'RUB'],
    [`1${'0'.repeat(30)}`, 'RUB'],
    ['', 'RUB'],
    [null, null],
    [{ deep: 1 }, ['RUB']],
  ])('an invoice paid with %j %j is heard, and says what came', async (value, currency) => {
    const status = await ask(adapter.paid(adapter.amount(value, currency)))
    if (status.kind !== 'paid' || isReadable(status.received)) throw new Error(`heard as ${status.kind}`)
    if (typeof value === 'string') expect(status.received.raw).toContain(value)
  })

  test('whatever stands beside the word paid, it is heard', async () => {
    await fc.assert(
      fc.asyncProperty(fields, async (beside) => {
        expect((await ask(adapter.paid(beside))).kind).toBe('paid')
      }),
      { numRuns: 60 },
    )
  })

  test('any other answer is a status or a failure that the port names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, anything), async (body) => {
        const outcome = await ask(body).catch((error: unknown) => error)
        if (outcome instanceof Error) {
          expect(outcome instanceof ProviderUnreachable || outcome instanceof ProviderRefused).toBe(true)
          if (outcome instanceof ProviderUnclear) expect(outcome.excerpt.length).toBeLessThanOrEqual(300)
        } else expect(outcome).toHaveProperty('kind')
      }),
      { numRuns: 60 },
    )
  })

  test('an endless answer is read to its limit and no further', async () => {
    const huge = 'x'.repeat(5 * 1024 * 1024)
    await expect(ask(`{"a":"${huge}"}`)).rejects.toBeInstanceOf(ProviderUnreachable)
  })
})
