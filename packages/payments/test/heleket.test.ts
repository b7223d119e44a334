import { createHash } from 'node:crypto'
import { money, ProviderRefused, ProviderUnclear, WebhookRejected } from '@vpn-kiosk/domain'
import { createHeleket } from '@vpn-kiosk/payments'
import { describe, expect, test } from 'vitest'
import { openCannedProvider } from './canned-provider.ts'

const [merchant, apiKey] = ['8b03432e-385b-4670-8d06-064591096795', 'pay-key']
const clock = { now: () => new Date('2026-10-01T10:00:00Z') }
const connect = (apiUrl: string) =>
  createHeleket({ merchant, apiKey, apiUrl, publicUrl: 'https://vpn.example.com', retryDelaysMs: [1] }, clock)
const offline = connect('http://127.0.0.1:9')
const uuid = '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d'
const invoice = {
  uuid,
  order_id: 'pay_8x2k0000000000000000',
  amount: '5.00000000',
  currency: 'USD',
  payer_amount: '5.60000000',
  payment_amount: '0.00000000',
  payer_currency: 'USDT',
  payment_status: 'check',
  is_final: false,
  url: `https://pay.heleket.com/pay/${uuid}`,
  updated_at: '2026-10-01T13:03:11+03:00',
}
const request = {
  paymentId: 'pay_8x2k0000000000000000',
  amount: money(500, 'USD'),
  description: 'One month',
  returnUrl: 'https://t.me/a_bot',
  expiresAt: new Date('2026-10-01T10:30:00Z'),
} as const

describe('a Heleket invoice', () => {
  const statusOf = async (changes: object) => {
    const body = JSON.stringify({ state: 0, result: { ...invoice, ...changes } })
    await using provider = await openCannedProvider({ body })
    return await connect(provider.url).fetchStatus(uuid)
  }

  test('that is paid brought its price', async () => {
    expect(await statusOf({ payment_status: 'paid', payment_amount: '5.6', is_final: true })).toEqual({
      kind: 'paid',
      received: money(500, 'USD'),
      paidAt: new Date('2026-10-01T10:03:11Z'),
      paymentId: request.paymentId,
    })
  })

  test.each(['process', 'check', 'confirm_check', 'wrong_amount_waiting'])('that is at %s waits', async (status) => {
    expect(await statusOf({ payment_status: status })).toEqual({ kind: 'pending' })
  })

  test.each([
    ['cancel', 'expired'],
    ['fail', 'declined'],
    ['system_fail', 'unknown'],
  ] as const)('that is at %s brought nothing once that is final', async (status, reason) => {
    expect(await statusOf({ payment_status: status, is_final: true })).toEqual({ kind: 'canceled', reason })
    expect(await statusOf({ payment_status: status, is_final: false })).toEqual({ kind: 'pending' })
    expect(await statusOf({ payment_status: status, is_final: true, payment_amount: '1.5' })).toMatchObject({
      kind: 'paid',
      received: { raw: `1.5 of 5.60000000 USDT, ${status}` },
    })
  })

  test.each(['wrong_amount', 'locked', 'refund_process', 'refund_fail'])(
    'that is at %s is for a human',
    async (status) => {
      const came = await statusOf({ payment_status: status, is_final: true, payment_amount: '4.4' })
      expect(came).toMatchObject({ kind: 'paid', received: { raw: `4.4 of 5.60000000 USDT, ${status}` } })
    },
  )

  test('of too little that may still become enough waits', async () => {
    expect(await statusOf({ payment_status: 'wrong_amount', is_final: false })).toEqual({ kind: 'pending' })
  })

  test('in a state that nobody knows is pending, and says it', async () => {
    expect(await statusOf({ payment_status: 'on_hold' })).toEqual({ kind: 'pending', unknownWord: 'on_hold' })
  })

  test('with another id than the asked one is unclear', async () => {
    await expect(statusOf({ uuid: `${uuid.slice(0, -1)}e` })).rejects.toBeInstanceOf(ProviderUnclear)
  })
})

describe('a Heleket create', () => {
  const missing = { status: 404, body: '{"state":1,"message":"Payment not found"}' }

  test('looks first, and signs the bytes that it sends', async () => {
    await using provider = await openCannedProvider(missing, { body: JSON.stringify({ state: 0, result: invoice }) })
    expect(await connect(provider.url).createInvoice(request)).toEqual({ reference: uuid, url: invoice.url })
    expect(provider.heard.map(({ call }) => call)).toEqual(['POST /v1/payment/info', 'POST /v1/payment'])
    expect(JSON.parse(provider.heard[1]?.body ?? '')).toEqual({
      amount: '5.00',
      currency: 'USD',
      order_id: request.paymentId,
      url_callback: 'https://vpn.example.com/pay/heleket',
      url_return: 'https://t.me/a_bot',
      url_success: 'https://t.me/a_bot',
      lifetime: 1800,
      is_payment_multiple: true,
    })
  })

  test.each([
    [401, '{"state":1,"message":"Invalid Sign."}', 'Invalid Sign.'],
    [200, '{"state":1,"message":"The service was not found"}', 'The service was not found'],
    [422, '{"state":1,"errors":{"amount":["validation.required"]}}', 'validation.required'],
  ])('that is answered with %d %s is refused in its own words, without the key', async (status, body, words) => {
    await using provider = await openCannedProvider(missing, { status, body })
    const failure = await connect(provider.url)
      .createInvoice(request)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderRefused)
    expect(String(failure)).toContain(words)
    expect(String(failure)).not.toContain(apiKey)
  })
})

describe('a Heleket webhook', () => {
  const { payment_status: _status, ...fields } = invoice
  const webhookOf = (status: string, sign?: string) => {
    const signed = JSON.stringify({ type: 'payment', ...fields, status }).replaceAll('/', '\\/')
    const right = createHash('md5')
      .update(Buffer.from(signed).toString('base64') + apiKey)
      .digest('hex')
    const body = Buffer.from(JSON.stringify({ type: 'payment', ...fields, status, sign: sign ?? right }))
    return { body, headers: {}, sourceIp: '31.133.220.8' }
  }

  test('names the invoice and our own id', async () => {
    expect(await offline.parseWebhook(webhookOf('paid'))).toMatchObject({
      about: 'payment',
      reference: uuid,
      paymentId: request.paymentId,
      key: `paid:${uuid}`,
    })
  })

  test.each([
    ['another', '0'.repeat(32)],
    ['none', ''],
    ['a shorter', 'abc'],
  ])('with %s signature is rejected', async (_, sign) => {
    await expect(offline.parseWebhook(webhookOf('paid', sign))).rejects.toBeInstanceOf(WebhookRejected)
  })

  test('deeper than any stack is rejected', async () => {
    const depth = 100_000
    const body = Buffer.from(`{"sign":"${'0'.repeat(32)}","a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    await expect(offline.parseWebhook({ body, headers: {}, sourceIp: '' })).rejects.toBeInstanceOf(WebhookRejected)
  })
})
