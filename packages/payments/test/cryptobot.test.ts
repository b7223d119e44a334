import { createHash, createHmac } from 'node:crypto'
import {
  type InvoiceRequest,
  money,
  ProviderRefused,
  ProviderUnclear,
  ProviderUnreachable,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { createCryptobot } from '@vpn-kiosk/payments'
import { describe, expect, test } from 'vitest'
import { openCannedProvider } from './canned-provider.ts'
import { readRecorded } from './recorded-bodies.ts'

const token = '4242:AAtoken'
const clock = { now: () => new Date('2026-10-01T10:00:00Z') }
const connect = (apiUrl: string) => createCryptobot({ token, apiUrl, retryDelaysMs: [1, 1] }, clock)
const offline = connect('http://127.0.0.1:9')
const request: InvoiceRequest = {
  paymentId: 'pay_8x2k0000000000000000',
  amount: money(17_900, 'RUB'),
  description: 'One month',
  returnUrl: 'https://t.me/a_bot',
  expiresAt: new Date('2026-10-01T10:30:00Z'),
}
const recorded = readRecorded('cryptobot-invoice-paid')
const { payload: invoice } = JSON.parse(recorded.toString('utf8')) as { payload: object }
const sign = (body: Uint8Array, key: string = token) =>
  createHmac('sha256', createHash('sha256').update(key).digest()).update(body).digest('hex')
const webhook = (signature: string | undefined) => ({
  body: recorded,
  headers: { 'crypto-pay-api-signature': signature },
  sourceIp: '203.0.113.9',
})
const list = (...items: object[]) => ({ body: JSON.stringify({ ok: true, result: { items } }) })

describe('a recorded Crypto Pay webhook', () => {
  test('names the invoice and our own id', async () => {
    expect(await offline.parseWebhook(webhook(sign(recorded)))).toMatchObject({
      reference: '528890',
      paymentId: 'pay_8x2k0000000000000000',
      key: 'invoice_paid:528890',
    })
  })

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one of another length', sign(recorded).slice(2)],
    ['one under another token', sign(recorded, '4242:AAother')],
    ['text that is not hex', 'z'.repeat(64)],
  ])('with %s for a signature is rejected', async (_, signature) => {
    await expect(offline.parseWebhook(webhook(signature))).rejects.toBeInstanceOf(WebhookRejected)
  })
})

describe('a recorded Crypto Pay invoice', () => {
  const statusOf = async (changes: object) => {
    await using provider = await openCannedProvider(list({ ...invoice, ...changes }))
    return await connect(provider.url).fetchStatus('528890')
  }

  test('that was paid in coins reports roubles, the currency that was asked', async () => {
    expect(await statusOf({})).toEqual({
      kind: 'paid',
      received: money(17_900, 'RUB'),
      paidAt: new Date('2026-10-01T10:03:10Z'),
      paymentId: 'pay_8x2k0000000000000000',
    })
  })

  test('that is priced in a coin reports the coin', async () => {
    const status = await statusOf({ currency_type: 'crypto', fiat: undefined, asset: 'USDT', amount: '1.79' })
    expect(status).toMatchObject({ kind: 'paid', received: money(1_790_000, 'USDT') })
  })

  test('with another id than the asked one is not credited', async () => {
    expect(await statusOf({ invoice_id: 528_891 })).toEqual({ kind: 'unknown_invoice' })
  })

  test('that lost its id is unclear, and not an invoice that nobody knows', async () => {
    await expect(statusOf({ invoice_id: null })).rejects.toBeInstanceOf(ProviderUnclear)
  })

  test('that was paid in what the shop has no account in is reported as it was written', async () => {
    const status = await statusOf({ currency_type: 'crypto', fiat: undefined, asset: 'TON', amount: '1.5' })
    expect(status).toMatchObject({ kind: 'paid', received: { raw: '1.5 TON' } })
  })
})

describe('a Crypto Pay create', () => {
  test('asks for what is left of the invoice’s time, in seconds', async () => {
    const created = { body: JSON.stringify({ ok: true, result: { ...invoice, status: 'active' } }) }
    await using provider = await openCannedProvider(list(), list(), created)
    expect(await connect(provider.url).createInvoice(request)).toEqual({
      reference: '528890',
      url: 'https://t.me/CryptoBot?start=IVDoTcNBYEfk',
    })
    const create = provider.heard.find(({ call }) => call === 'POST /createInvoice')
    expect(JSON.parse(create?.body ?? '')).toMatchObject({
      currency_type: 'fiat',
      fiat: 'RUB',
      amount: '179.00',
      payload: request.paymentId,
      expires_in: 1800,
    })
  })

  test('finds the earlier attempt behind a full page of other invoices', async () => {
    const others = Array.from({ length: 1000 }, (_, index) => ({
      ...invoice,
      invoice_id: index + 1,
      payload: `other-${index}`,
    }))
    // Active and paid are asked for at once, so both get the full page first.
    await using provider = await openCannedProvider(list(...others), list(...others), list(invoice))
    expect((await connect(provider.url).createInvoice(request)).reference).toBe('528890')
    expect(provider.heard.map(({ call }) => call)).not.toContain('POST /createInvoice')
  })

  test('is refused by name, and without the token', async () => {
    await using provider = await openCannedProvider({
      status: 401,
      body: '{"ok":false,"error":{"code":401,"name":"UNAUTHORIZED"}}',
    })
    const failure = await connect(provider.url)
      .createInvoice(request)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderRefused)
    expect(String(failure)).toContain('UNAUTHORIZED')
    expect(String(failure)).not.toContain(token)
  })

  test('that finds its own invoice and cannot read it makes no second one', async () => {
    await using provider = await openCannedProvider({
      body: `{"ok":true,"result":{"items":[{"invoice_id":"text","payload":"${request.paymentId}"}]}}`,
    })
    await expect(connect(provider.url).createInvoice(request)).rejects.toBeInstanceOf(ProviderUnreachable)
    expect(provider.heard.map(({ call }) => call)).not.toContain('POST /createInvoice')
  })
})

test('a token that no header can carry is refused without being quoted', async () => {
  const broken = createCryptobot({ token: '4242:AA\nsecret', apiUrl: 'http://127.0.0.1:9' }, clock)
  const failure = (await broken.probe().catch((error: unknown) => error)) as Error
  expect(failure).toBeInstanceOf(ProviderRefused)
  expect(`${failure.stack} ${failure.cause}`).not.toContain('secret')
})
