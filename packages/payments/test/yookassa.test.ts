import {
  type InvoiceRequest,
  type ListedPayment,
  money,
  ProviderRefused,
  ProviderUnreachable,
  ReceiptRefused,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { createYookassa, yookassaWebhookSources } from '@vpn-kiosk/payments'
import { describe, expect, test } from 'vitest'
import { openCannedProvider } from './canned-provider.ts'
import { describeRecordedPayment, readRecorded } from './recorded-bodies.ts'

const reference = '2d93cac0-000f-5000-8000-126628f15141'
const request: InvoiceRequest = {
  paymentId: 'pay_8x2k0000000000000000',
  amount: money(17_900, 'RUB'),
  description: 'One month',
  returnUrl: 'https://t.me/a_bot',
  expiresAt: new Date('2026-10-01T11:00:00Z'),
}
const connect = (apiUrl: string, allowedIps?: readonly string[]) =>
  createYookassa({ shopId: '100500', secretKey: 'test_key', apiUrl, allowedIps, retryDelaysMs: [1, 1] })
const offline = connect('http://127.0.0.1:9')
const webhookFrom = (sourceIp: string, name: Parameters<typeof readRecorded>[0] = 'yookassa-payment-succeeded') => ({
  body: readRecorded(name),
  headers: {},
  sourceIp,
})

describe('a recorded YooKassa webhook', () => {
  test('names the payment and our own id, and its summary holds no card', async () => {
    const webhook = await offline.parseWebhook(webhookFrom('77.75.156.11'))
    expect(webhook).toMatchObject({
      reference,
      paymentId: 'pay_8x2k0000000000000000',
      key: `payment.succeeded:${reference}`,
    })
    expect(JSON.stringify(webhook?.summary)).not.toMatch(/555555|4444/)
  })

  test('about a refund names the payment it was given back from', async () => {
    expect(await offline.parseWebhook(webhookFrom('77.75.156.11', 'yookassa-refund-succeeded'))).toMatchObject({
      about: 'refund',
      reference,
    })
  })

  test.each(['185.71.76.1', '185.71.77.31', '77.75.153.127', '77.75.154.255', '2a02:5180::9', '::ffff:77.75.156.35'])(
    'from %s is taken',
    async (sourceIp) => {
      expect(await offline.parseWebhook(webhookFrom(sourceIp))).not.toBeNull()
    },
  )

  test.each([
    '185.71.76.32',
    '77.75.156.12',
    '127.0.0.1',
    '2a02:5181::1',
    '::ffff:8.8.8.8',
    '',
    'unknown',
    '77.75.156.11, 8.8.8.8',
  ])('from %j is rejected', async (sourceIp) => {
    await expect(offline.parseWebhook(webhookFrom(sourceIp))).rejects.toBeInstanceOf(WebhookRejected)
  })

  test('from an address of the shop’s own list is taken, and an unreadable list stops the start', async () => {
    expect(await connect('http://127.0.0.1:9', ['10.0.0.0/8']).parseWebhook(webhookFrom('10.1.2.3'))).not.toBeNull()
    expect(() => connect('http://127.0.0.1:9', [...yookassaWebhookSources, '10.0.0.0/99'])).toThrow('10.0.0.0/99')
  })
})

describe('a YooKassa create', () => {
  const pending = { body: readRecorded('yookassa-payment-pending').toString('utf8') }

  test.each([
    ['an error 500', { status: 500, body: readRecorded('yookassa-error').toString('utf8') }],
    ['"accepted, still working"', { status: 202, body: '{"type":"processing","retry_after":5}' }],
    ['a page instead of JSON', { status: 200, body: '<html></html>' }],
    ['429 with a short pause', { status: 429, headers: { 'retry-after': '0' }, body: '{}' }],
  ])('answered with %s is repeated with the same key and the same body', async (_, unknown) => {
    await using provider = await openCannedProvider(unknown, pending)
    const invoice = await connect(provider.url).createInvoice(request)
    expect(invoice.reference).toBe('23d93cac-000f-5000-8000-126628f15141')
    expect(invoice.url).toMatch(/^https:\/\/yoomoney\.ru\//)
    expect(provider.heard).toHaveLength(2)
    expect(provider.heard[1]).toEqual(provider.heard[0])
    expect(provider.heard[0]?.idempotenceKey).toBe('create-pay_8x2k0000000000000000')
    expect(JSON.parse(provider.heard[0]?.body ?? '')).toMatchObject({
      amount: { value: '179.00', currency: 'RUB' },
      capture: true,
    })
  })

  test('carries a receipt of one line over the whole amount where one is asked for, and none elsewhere', async () => {
    await using provider = await openCannedProvider(pending)
    const receipts = { vatCode: 7, taxSystem: 2, paymentSubject: 'service', paymentMode: 'full_prepayment' }
    const settings = { shopId: '100500', secretKey: 'test_key', apiUrl: provider.url, receipts }
    await createYookassa(settings).createInvoice({ ...request, receiptEmail: 'anna@mail.ru' })
    await createYookassa(settings).createInvoice(request)
    const [first, second] = provider.heard.map(({ body }) => JSON.parse(body))
    expect(first.receipt).toEqual({
      customer: { email: 'anna@mail.ru' },
      items: [
        {
          description: 'One month',
          quantity: '1.00',
          amount: first.amount,
          vat_code: 7,
          payment_subject: 'service',
          payment_mode: 'full_prepayment',
        },
      ],
      tax_system_code: 2,
    })
    expect(second).not.toHaveProperty('receipt')
  })

  test.each([
    { code: 'invalid_request', description: 'Receipt is missing or illegal', parameter: 'receipt' },
    { code: 'invalid_request', description: 'Receipt is missing or illegal' },
    { code: 'invalid_request', description: 'wrong', parameter: 'receipt.items.0.vat_code' },
  ])('refused for its receipt says so: %j', async (error) => {
    await using provider = await openCannedProvider({ status: 400, body: JSON.stringify({ type: 'error', ...error }) })
    await expect(connect(provider.url).createInvoice(request)).rejects.toBeInstanceOf(ReceiptRefused)
  })

  test('asks for one method where one was chosen, and under another key for what was refused before', async () => {
    await using provider = await openCannedProvider(pending)
    await connect(provider.url).createInvoice({ ...request, method: 'sbp', refusals: 2 })
    expect(JSON.parse(provider.heard[0]?.body ?? '')).toMatchObject({ payment_method_data: { type: 'sbp' } })
    expect(provider.heard[0]?.idempotenceKey).toBe('create-pay_8x2k0000000000000000-2')
  })

  test('is given up after a bounded number of repeats', async () => {
    await using provider = await openCannedProvider({ status: 500, body: '{}' })
    await expect(connect(provider.url).createInvoice(request)).rejects.toBeInstanceOf(ProviderUnreachable)
    expect(provider.heard).toHaveLength(3)
  })

  test('that is refused is not repeated, and the refusal says what was wrong', async () => {
    const refusal = { status: 400, body: readRecorded('yookassa-error').toString('utf8') }
    await using provider = await openCannedProvider(refusal)
    const failure = await connect(provider.url)
      .createInvoice(request)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderRefused)
    expect((failure as Error).message).toContain('invalid_request (amount.value)')
    expect(provider.heard).toHaveLength(1)
  })

  test('does not carry the keys to where a redirect points', async () => {
    await using elsewhere = await openCannedProvider(pending)
    const headers = { location: `${elsewhere.url}/payments` }
    await using moved = await openCannedProvider({ status: 307, headers, body: '' })
    await expect(connect(moved.url).createInvoice(request)).rejects.toBeInstanceOf(ProviderUnreachable)
    expect(elsewhere.heard).toEqual([])
  })

  test('never hands on an address that is not a web page', async () => {
    const body = pending.body.replace('https://yoomoney.ru/', 'javascript:alert(1)//')
    await using provider = await openCannedProvider({ body })
    await expect(connect(provider.url).createInvoice(request)).rejects.toBeInstanceOf(ProviderUnreachable)
  })
})

describe('a recorded YooKassa payment', () => {
  const statusOf = async (changes: object) => {
    await using provider = await openCannedProvider({ body: describeRecordedPayment(changes) })
    return await connect(provider.url).fetchStatus(reference)
  }

  test('that succeeded reports its amount, instant, fee, our own id and the card that was saved', async () => {
    expect(await statusOf({})).toEqual({
      kind: 'paid',
      received: money(17_900, 'RUB'),
      paidAt: new Date('2026-10-01T10:03:11Z'),
      paymentId: 'pay_8x2k0000000000000000',
      fee: money(627, 'RUB'),
      saved: { id: reference, title: 'MasterCard •• 4444' },
    })
  })

  test('whose method was not saved names none', async () => {
    const method = { type: 'bank_card', id: reference, saved: false }
    expect(await statusOf({ payment_method: method })).not.toHaveProperty('saved')
  })

  test.each([
    ['less', { value: '172.74', currency: 'RUB' }, money(626, 'RUB')],
    ['the same', { value: '179.00', currency: 'RUB' }, money(0, 'RUB')],
    ['more', { value: '179.01', currency: 'RUB' }, undefined],
    ['a fraction of a kopeck', { value: '172.735', currency: 'RUB' }, undefined],
    ['another currency', { value: '2.00', currency: 'USD' }, undefined],
    ['nothing that can be read', 'much', undefined],
  ])('that brings the shop %s tells its fee where that is exact', async (_, income, fee) => {
    const status = await statusOf({ income_amount: income })
    expect(status).toMatchObject({ kind: 'paid', received: money(17_900, 'RUB') })
    expect('fee' in status ? status.fee : undefined).toEqual(fee)
  })

  test('that was given back in part reports what is left', async () => {
    const status = await statusOf({ refunded_amount: { value: '79.5', currency: 'RUB' } })
    expect(status).toMatchObject({ kind: 'paid', received: money(9_950, 'RUB') })
  })

  test.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['expired_on_confirmation', 'expired'],
    ['3d_secure_failed', 'authentication_failed'],
    ['fraud_suspected', 'suspected_fraud'],
    ['invalid_csc', 'card_problem'],
    ['payment_method_limit_exceeded', 'limit_exceeded'],
    ['general_decline', 'declined'],
    ['canceled_by_merchant', 'canceled_by_shop'],
    ['country_forbidden', 'country_forbidden'],
    ['a_reason_of_next_year', 'unknown'],
    ['constructor', 'unknown'],
  ])('canceled for %s ended because: %s', async (reason, expected) => {
    const changes = { status: 'canceled', paid: false, cancellation_details: { party: 'yoo_money', reason } }
    expect(await statusOf(changes)).toEqual({ kind: 'canceled', reason: expected })
  })

  test('that waits for capture is captured in full, under a key of its own', async () => {
    await using provider = await openCannedProvider(
      { body: describeRecordedPayment({ status: 'waiting_for_capture', captured_at: undefined }) },
      { body: describeRecordedPayment({}) },
    )
    expect(await connect(provider.url).fetchStatus(reference)).toMatchObject({ kind: 'paid' })
    expect(provider.heard[1]).toEqual({
      call: `POST /payments/${reference}/capture`,
      idempotenceKey: `capture-${reference}`,
      body: '{"amount":{"value":"179.00","currency":"RUB"}}',
    })
  })

  test('is captured by the same call again when no answer came, and an open page is not said to be closed', async () => {
    const held = { body: describeRecordedPayment({ status: 'waiting_for_capture', captured_at: undefined }) }
    await using provider = await openCannedProvider(
      held,
      { status: 500, body: '{}' },
      { body: describeRecordedPayment({}) },
    )
    expect(await connect(provider.url).fetchStatus(reference)).toMatchObject({ kind: 'paid' })
    expect(provider.heard).toHaveLength(3)
    expect(provider.heard[2]).toEqual(provider.heard[1])
    await using open = await openCannedProvider({ body: describeRecordedPayment({ status: 'pending' }) })
    expect(await connect(open.url).cancelInvoice(reference)).toBe('too_late')
    expect(open.heard).toHaveLength(1)
    await using waiting = await openCannedProvider(held, { body: describeRecordedPayment({ status: 'canceled' }) })
    expect(await connect(waiting.url).cancelInvoice(reference)).toBe('canceled')
    expect(waiting.heard[1]).toMatchObject({
      call: `POST /payments/${reference}/cancel`,
      idempotenceKey: `cancel-${reference}`,
    })
  })

  test.each([
    ['no amount', { amount: undefined }, '(nothing)'],
    ['an amount that is not one', { amount: { value: '1e3', currency: 'RUB' } }, '1e3 RUB'],
    ['a fraction of a kopeck', { amount: { value: '178.999', currency: 'RUB' } }, '178.999 RUB'],
    ['less than nothing', { amount: { value: '-179.00', currency: 'RUB' } }, '-179.00 RUB'],
    ['another currency', { amount: { value: '900.00', currency: 'KZT' } }, '900.00 KZT'],
    ['more given back than came', { refunded_amount: { value: '200.00', currency: 'RUB' } }, '179.00 RUB - 200.00 RUB'],
  ])('that was paid with %s is reported as it was written', async (_, changes, raw) => {
    expect(await statusOf(changes)).toMatchObject({ kind: 'paid', received: { raw } })
  })

  test('in a state of a later version is pending, with its word', async () => {
    expect(await statusOf({ status: 'on_hold' })).toEqual({ kind: 'pending', unknownWord: 'on_hold' })
  })

  test('that the shop has none of is an unknown invoice', async () => {
    await using provider = await openCannedProvider({ status: 404, body: '{"type":"error","code":"not_found"}' })
    expect(await connect(provider.url).fetchStatus(reference)).toEqual({ kind: 'unknown_invoice' })
  })
})

test('the account says whether it is a test one, open, and must send receipts', async () => {
  const me = {
    account_id: '100500',
    test: false,
    status: 'enabled',
    fiscalization: { enabled: true, provider: 'atol' },
  }
  await using provider = await openCannedProvider({ body: JSON.stringify(me) })
  expect(await connect(provider.url).probe()).toMatchObject({ isTest: false, isEnabled: true, needsReceipts: true })
})

test('payments of the last days are listed page after page, with what was given back; what is strange among them is told at the end', async () => {
  const page = (items: string[], next?: string) => ({
    body: `{"items":[${items.join(',')}],"next_cursor":${next ? `"${next}"` : 'null'}}`,
  })
  const refunded = describeRecordedPayment({ refunded_amount: { value: '79.00', currency: 'RUB' } })
  await using provider = await openCannedProvider(
    page([refunded, '{"id":7}'], 'c1'),
    page([describeRecordedPayment({})]),
  )
  const listed: ListedPayment[] = []
  const list = async () => {
    for await (const payments of connect(provider.url).listPayments(new Date('2026-10-01T00:00:00Z')))
      listed.push(...payments)
  }
  await expect(list()).rejects.toMatchObject({ excerpt: '{"id":7}' })
  expect(listed).toEqual([
    {
      reference,
      paymentId: 'pay_8x2k0000000000000000',
      received: money(10_000, 'RUB'),
      refunded: money(7_900, 'RUB'),
      fee: money(627, 'RUB'),
    },
    {
      reference,
      paymentId: 'pay_8x2k0000000000000000',
      received: money(17_900, 'RUB'),
      refunded: null,
      fee: money(627, 'RUB'),
    },
  ])
  expect(provider.heard[1]?.call).toContain('cursor=c1')
})
