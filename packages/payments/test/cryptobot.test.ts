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

describe('what an invoice of Crypto Pay comes to in coins', () => {
  const rate = (source: string, target: string, value: string, isValid = true) => ({
    source,
    target,
    rate: value,
    is_valid: isValid,
  })
  const rates = (...result: object[]) => ({ body: JSON.stringify({ ok: true, result }) })
  const at = (apiUrl: string, assets: readonly string[] = [], now = clock) =>
    createCryptobot({ token, apiUrl, assets, retryDelaysMs: [] }, now)

  test('is told in USDT, asked for once a minute', async () => {
    let now = new Date('2026-10-01T10:00:00Z')
    await using provider = await openCannedProvider(rates(rate('TON', 'RUB', '250'), rate('USDT', 'RUB', '80.5')))
    const shop = at(provider.url, ['TON', 'USDT'], { now: () => now })
    const both = await Promise.all([shop.quoteCoins(money(29_900, 'RUB')), shop.quoteCoins(money(29_900, 'RUB'))])
    expect(both[1]).toEqual({ coins: ['TON', 'USDT'], coin: 'USDT', about: '3.71' })
    expect(provider.heard).toHaveLength(1)
    now = new Date('2026-10-01T10:01:00Z')
    await shop.quoteCoins(money(29_900, 'RUB'))
    expect(provider.heard).toHaveLength(2)
  })

  test('is told in a coin that is accepted, small sums with three digits', async () => {
    await using provider = await openCannedProvider(rates(rate('USDT', 'RUB', '80'), rate('BTC', 'RUB', '8000000')))
    const quote = await at(provider.url, ['BTC']).quoteCoins(money(29_900, 'RUB'))
    expect(quote).toEqual({ coins: ['BTC'], coin: 'BTC', about: '0.0000374' })
  })

  test.each([
    ['no rate', rates()],
    ['one that is not valid', rates(rate('USDT', 'RUB', '80', false))],
    ['one of zero', rates(rate('USDT', 'RUB', '0'))],
  ])('is not told with %s', async (_, answer) => {
    await using provider = await openCannedProvider(answer)
    expect(await at(provider.url).quoteCoins(money(29_900, 'RUB'))).toBeNull()
  })

  test('is not asked for again at once when no answer came', async () => {
    await using provider = await openCannedProvider({ status: 500, body: '{}' })
    const shop = at(provider.url)
    for (const _ of [1, 2]) await expect(shop.quoteCoins(money(100, 'RUB'))).rejects.toBeInstanceOf(ProviderUnreachable)
    expect(provider.heard).toHaveLength(1)
  })

  test('the invoice takes the coins that the shop chose, and all where it chose none', async () => {
    const made = { body: JSON.stringify({ ok: true, result: { ...invoice, status: 'active' } }) }
    await using some = await openCannedProvider(list(), list(), made)
    await at(some.url, ['USDT', 'TON']).createInvoice(request)
    expect(JSON.parse(some.heard[2]?.body ?? '')).toMatchObject({ accepted_assets: 'USDT,TON' })
    await using all = await openCannedProvider(list(), list(), made)
    await at(all.url).createInvoice(request)
    expect(JSON.parse(all.heard[2]?.body ?? '')).not.toHaveProperty('accepted_assets')
  })
})
