import { hourMs, type InvoiceRequest, minuteMs, money, newId, ProviderBusy, ProviderRefused } from '@vpn-kiosk/domain'
import { createWata } from '@vpn-kiosk/payments'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasty } from '../testing/provider-world.ts'
import { createTestClock, type TestClock } from '../testing/test-clock.ts'
import { openWebhookBox, type WebhookBox } from '../testing/webhook-box.ts'
import { startWataSimulator, type WataSimulator } from './start-wata-simulator.ts'

const halfMinute = 30_000

describe('the simulated Wata', () => {
  let clock: TestClock
  let simulator: WataSimulator
  let box: WebhookBox
  beforeEach(async () => {
    clock = createTestClock()
    box = await openWebhookBox()
    simulator = await startWataSimulator({ clock, webhookUrl: box.url, tokenDays: 30 })
  })
  afterEach(() => Promise.all([simulator.close(), box.close()]))

  const connect = () => createWata({ token: simulator.token, apiUrl: simulator.apiUrl, ...hasty }, clock)
  const request = (): InvoiceRequest => ({
    paymentId: newId('payment'),
    amount: money(29_900, 'RUB'),
    description: 'One month',
    returnUrl: 'https://t.me/a_bot',
    expiresAt: new Date(clock.now().getTime() + hourMs),
    isFirst: true,
  })
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' }
    const sent = body ? { body: JSON.stringify(body) } : {}
    const response = await fetch(simulator.apiUrl + path, { method, headers, ...sent })
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() }
  }
  const good = {
    amount: 299,
    currency: 'RUB',
    orderId: 'pay_1234',
    expirationDateTime: '2026-10-01T11:00:00Z',
  }

  test.each([
    ['text for an amount', { amount: '299' }],
    ['three decimals', { amount: 299.001 }],
    ['less than ten roubles', { amount: 9.99 }],
    ['a million', { amount: 1_000_000 }],
    ['a currency it has not', { currency: 'KZT' }],
    ['ten minutes of life', { expirationDateTime: '2026-10-01T10:10:00Z' }],
    ['more than thirty days', { expirationDateTime: '2026-11-01T10:00:00Z' }],
    ['a field it does not know', { expires_in: 60 }],
  ])('refuses %s', async (_, changes) => {
    expect(await ask('POST', '/links', { ...good, ...changes })).toMatchObject({ status: 400 })
    expect(await ask('POST', '/links', good)).toMatchObject({ status: 200, body: { amount: 299, status: 'Opened' } })
  })

  test('answers about one thing once in half a minute, and says how long to wait', async () => {
    const path = '/transactions/?orderId=pay_1234'
    expect(await ask('GET', path)).toMatchObject({ status: 200, body: { totalCount: 0, items: [] } })
    clock.advance(10_000)
    expect(await ask('GET', `${path}&maxResultCount=7`)).toMatchObject({
      status: 429,
      retryAfter: '20',
      body: { error: { data: { retryAfterSeconds: 20 } } },
    })
    expect(await ask('GET', '/links/?orderId=pay_1234')).toMatchObject({ status: 200 })
    clock.advance(20_000)
    expect(await ask('GET', path)).toMatchObject({ status: 200 })
  })

  test('opens one link for twenty who ask at once', async () => {
    const wata = connect()
    const asked = request()
    const invoices = await Promise.all(Array.from({ length: 20 }, () => wata.createInvoice(asked)))
    expect(new Set(invoices.map(({ url }) => url)).size).toBe(1)
    expect(simulator.listInvoices()).toHaveLength(1)
  })

  test('pays a link before the answer to its create arrives, and the webhook is of that payment', async () => {
    const asked = request()
    const wata = connect()
    simulator.faults.failNext('silent-after-storing', { on: 'POST /api/h2h/links' })
    const creating = wata.createInvoice(asked)
    await expect.poll(() => simulator.listInvoices().length).toBe(1)
    await simulator.pay(asked.paymentId)
    const { reference, paymentId } = (await wata.parseWebhook(await box.take()))!
    expect([reference, paymentId]).toEqual([asked.paymentId, asked.paymentId])
    expect(await wata.fetchStatus(reference)).toMatchObject({ kind: 'paid' })
    expect((await creating).reference).toBe(reference)
    expect(simulator.listInvoices()).toHaveLength(1)
  })

  test('leaves a link open after an attempt was declined, and the next may be paid', async () => {
    const wata = connect()
    const { reference } = await wata.createInvoice(request())
    await simulator.fail(reference)
    await wata.parseWebhook(await box.take())
    expect(await wata.fetchStatus(reference)).toEqual({ kind: 'pending' })
    clock.advance(halfMinute)
    await simulator.pay(reference)
    expect(await wata.fetchStatus(reference)).toMatchObject({ kind: 'paid', received: money(29_900, 'RUB') })
  })

  test('is asked anew after a webhook, though that may be too soon', async () => {
    const wata = connect()
    const { reference } = await wata.createInvoice(request())
    expect(await wata.fetchStatus(reference)).toEqual({ kind: 'pending' })
    await simulator.pay(reference)
    expect(await wata.fetchStatus(reference)).toMatchObject({ kind: 'pending', askAgainAt: expect.any(Date) })
    await wata.parseWebhook(await box.take())
    const failure = await wata.fetchStatus(reference).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderBusy)
    expect(failure).toMatchObject({ retryAfterMs: halfMinute })
    clock.advance(halfMinute)
    expect(await wata.fetchStatus(reference)).toMatchObject({ kind: 'paid' })
  })

  test('gives who asks because of a webhook no answer that was under way before', async () => {
    const wata = connect()
    const { reference } = await wata.createInvoice(request())
    simulator.faults.failNext('silent', { on: 'GET /api/h2h/transactions' })
    const before = wata.fetchStatus(reference).catch((error: unknown) => error)
    await simulator.pay(reference)
    await wata.parseWebhook(await box.take())
    expect(await wata.fetchStatus(reference)).toMatchObject({ kind: 'paid' })
    expect(await before).toBeInstanceOf(ProviderBusy)
  })

  test('answers ten who ask about one link at once by one look', async () => {
    const wata = connect()
    const { reference } = await wata.createInvoice(request())
    const statuses = await Promise.all(Array.from({ length: 10 }, () => wata.fetchStatus(reference)))
    expect(statuses).toEqual(Array.from({ length: 10 }, () => ({ kind: 'pending' })))
  })

  test('takes two payments by one link, which come to their sum', async () => {
    const wata = connect()
    const { reference } = await wata.createInvoice(request())
    await simulator.pay(reference)
    await simulator.payAgain(reference)
    const keys = [await wata.parseWebhook(await box.take()), await wata.parseWebhook(await box.take())]
    expect(new Set(keys.map((event) => event?.key)).size).toBe(2)
    expect(await wata.fetchStatus(reference)).toMatchObject({
      received: money(59_800, 'RUB'),
      fee: money(1_794, 'RUB'),
    })
  })

  test('knows of what was paid when the link is long gone', async () => {
    const wata = connect()
    const [paid, unpaid] = [await wata.createInvoice(request()), await wata.createInvoice(request())]
    await simulator.pay(paid.reference)
    clock.advance(48 * hourMs)
    expect(await wata.fetchStatus(paid.reference)).toMatchObject({ kind: 'paid' })
    expect(await wata.fetchStatus(unpaid.reference)).toEqual({ kind: 'unknown_invoice' })
  })

  test('signs with another key, which is asked for after a minute', async () => {
    const wata = connect()
    const { reference } = await wata.createInvoice(request())
    await simulator.pay(reference)
    await wata.parseWebhook(await box.take())
    await simulator.changeKey()
    clock.advance(minuteMs)
    await simulator.resendWebhook(reference)
    expect(await wata.parseWebhook(await box.take())).toMatchObject({ reference })
  })

  test('refuses a token that has run out', async () => {
    clock.advance(30 * 24 * hourMs)
    await expect(connect().probe()).rejects.toBeInstanceOf(ProviderRefused)
  })

  describe('gives back', () => {
    const pay = async () => {
      const wata = connect()
      const { reference } = await wata.createInvoice(request())
      await simulator.pay(reference)
      await wata.parseWebhook(await box.take())
      const of = (minor: number, before: number) => ({
        refundId: newId('refund'),
        reference,
        amount: money(minor, 'RUB'),
        refundedBefore: money(before, 'RUB'),
        reason: '',
      })
      return { wata, reference, of }
    }

    test('a part, and then another, each of which is listed and announced', async () => {
      const { wata, reference, of } = await pay()
      expect(await wata.refundPayment(of(10_000, 0))).toMatchObject({ kind: 'done' })
      expect(await wata.parseWebhook(await box.take())).toMatchObject({ about: 'refund', reference })
      clock.advance(halfMinute)
      expect(await wata.refundPayment(of(5_050, 10_000))).toMatchObject({ kind: 'done' })
      clock.advance(halfMinute)
      const refunded = money(15_050, 'RUB')
      expect(await wata.fetchStatus(reference)).toMatchObject({ received: money(14_850, 'RUB'), refunded })
      clock.advance(halfMinute)
      const listed = []
      for await (const page of wata.listPayments(new Date(0))) listed.push(...page)
      expect(listed).toMatchObject([{ reference, received: money(14_850, 'RUB'), refunded }])
    })

    test('once, when the answer was lost', async () => {
      const { wata, of } = await pay()
      simulator.faults.failNext('reset-after-storing', { on: 'POST /api/h2h/refunds' })
      const asked = of(10_000, 0)
      await expect(wata.refundPayment(asked)).rejects.toThrow('no answer')
      await expect(wata.refundPayment(asked)).rejects.toBeInstanceOf(ProviderBusy)
      clock.advance(halfMinute)
      expect(await wata.refundPayment(asked)).toMatchObject({ kind: 'done' })
      clock.advance(halfMinute)
      expect(await wata.fetchStatus(asked.reference)).toMatchObject({ refunded: money(10_000, 'RUB') })
    })

    test('nothing on a terminal for digital goods', async () => {
      const { wata, of } = await pay()
      simulator.setDigitalGoods(true)
      const refused = wata.refundPayment(of(10_000, 0))
      await expect(refused).rejects.toBeInstanceOf(ProviderRefused)
      await expect(refused).rejects.toThrow('not available for this terminal')
    })
  })
})
