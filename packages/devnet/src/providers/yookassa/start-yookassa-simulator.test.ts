import { hourMs, money, newId, ReceiptRefused } from '@vpn-kiosk/domain'
import { createYookassa } from '@vpn-kiosk/payments'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox, type WebhookBox } from '../testing/webhook-box.ts'
import { startYookassaSimulator, type YookassaSimulator } from './start-yookassa-simulator.ts'

const good = {
  amount: { value: '299.00', currency: 'RUB' },
  capture: true,
  confirmation: { type: 'redirect', return_url: 'https://t.me/a_bot' },
  description: 'One month',
  metadata: { payment_id: 'pay_1234' },
}

describe('the simulated YooKassa', () => {
  const clock = createTestClock()
  let simulator: YookassaSimulator
  let box: WebhookBox
  beforeEach(async () => {
    box = await openWebhookBox()
    simulator = await startYookassaSimulator({ clock, webhookUrl: box.url })
  })
  afterEach(() => Promise.all([simulator.close(), box.close()]))

  const create = async (body: unknown, key = 'k', authorization?: string) => {
    const keys = Buffer.from(`${simulator.shopId}:${simulator.secretKey}`).toString('base64')
    const response = await fetch(`${simulator.apiUrl}/payments`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotence-key': key,
        authorization: authorization ?? `Basic ${keys}`,
      },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const connect = () =>
    createYookassa({ shopId: simulator.shopId, secretKey: simulator.secretKey, apiUrl: simulator.apiUrl, ...hasty })

  test('takes a good payment and prints it as API v3 does', async () => {
    expect(await create(good)).toMatchObject({
      status: 200,
      body: { status: 'pending', paid: false, test: true, amount: good.amount, metadata: good.metadata },
    })
  })

  test.each([
    ['a sum as a number', { ...good, amount: { value: 299, currency: 'RUB' } }],
    ['a sum with one decimal', { ...good, amount: { value: '299.0', currency: 'RUB' } }],
    ['less than a rouble', { ...good, amount: { value: '0.99', currency: 'RUB' } }],
    ['a description of 129 characters', { ...good, description: 'x'.repeat(129) }],
    ['metadata that is not text', { ...good, metadata: { id: 1 } }],
    ['a field it does not know', { ...good, expires_in: 60 }],
  ])('refuses %s', async (_, body) => {
    expect(await create(body)).toMatchObject({ status: 400, body: { type: 'error', code: 'invalid_request' } })
    expect(simulator.listInvoices()).toEqual([])
  })

  test('refuses a call without an idempotence key, and a key used with another body', async () => {
    expect(await create(good, '')).toMatchObject({ status: 400, body: { parameter: 'Idempotence-Key' } })
    expect(await create(good, 'x'.repeat(65))).toMatchObject({ status: 400 })
    await create(good)
    expect(await create({ ...good, description: 'other' })).toMatchObject({ status: 400 })
    expect(simulator.listInvoices()).toHaveLength(1)
  })

  test('returns the stored result for a key for 24 hours, also after the payment was paid', async () => {
    const first = await create(good)
    await simulator.pay(String(first.body.id))
    expect(await create(good)).toEqual(first)
    clock.advance(25 * hourMs)
    expect((await create(good)).body.id).not.toBe(first.body.id)
  })

  test('refuses wrong keys', async () => {
    expect(await create(good, 'k', 'Basic bm86bm8=')).toMatchObject({
      status: 401,
      body: { code: 'invalid_credentials' },
    })
  })

  test('answers 202 on request without storing, and the repeat makes the payment', async () => {
    simulator.faults.failNext('accepted-202')
    const request = {
      paymentId: 'pay_1234',
      amount: money(29_900, 'RUB'),
      description: '',
      returnUrl: 'https://t.me/b',
    }
    await connect().createInvoice({ ...request, paymentId: 'pay_1234', expiresAt: clock.now() })
    expect(simulator.listInvoices()).toHaveLength(1)
  })

  test('holds the money of a two-stage shop until the adapter captures it', async () => {
    const { body } = await create(good)
    simulator.setTwoStage(true)
    await simulator.pay(String(body.id))
    expect(JSON.parse(Buffer.from((await box.take()).body).toString())).toMatchObject({
      event: 'payment.waiting_for_capture',
      object: { status: 'waiting_for_capture', paid: true },
    })
    expect(await connect().fetchStatus(String(body.id))).toMatchObject({ kind: 'paid', received: money(29_900, 'RUB') })
    expect(Buffer.from((await box.take()).body).toString()).toContain('payment.succeeded')
  })

  test('refuses a payment and a part given back without a right receipt in a fiscal shop, and nothing elsewhere', async () => {
    simulator.setFiscal(true)
    const item = { description: 'x', quantity: '1.00', amount: good.amount, vat_code: 1, payment_subject: 'service' }
    const receipt = { customer: { email: 'a@b.ru' }, items: [{ ...item, payment_mode: 'full_payment' }] }
    const short = { ...item, amount: { ...good.amount, value: '1.00' }, payment_mode: 'full_payment' }
    for (const wrong of [
      undefined,
      { ...receipt, customer: {} },
      { ...receipt, items: [] },
      { ...receipt, items: [short] },
    ])
      expect(await create({ ...good, receipt: wrong })).toMatchObject({
        status: 400,
        body: { parameter: 'receipt', description: 'Receipt is missing or illegal' },
      })
    const { body } = await create({ ...good, receipt })
    const reference = String(body.id)
    await simulator.pay(reference)
    const refund = (minor: number, receiptEmail?: string) =>
      connect().refundPayment({
        refundId: newId('refund'),
        reference,
        amount: money(minor, 'RUB'),
        refundedBefore: money(0, 'RUB'),
        reason: 'Refund',
        receiptEmail,
      })
    await expect(refund(100)).rejects.toBeInstanceOf(ReceiptRefused)
    expect(await refund(100, 'a@b.ru')).toMatchObject({ kind: 'done' })
    expect(await connect().probe()).toMatchObject({ needsReceipts: true })
  })

  test('gives all of a payment back without a receipt of its own in a fiscal shop', async () => {
    const { body } = await create(good)
    simulator.setFiscal(true)
    await simulator.pay(String(body.id))
    const request = { refundId: newId('refund'), reference: String(body.id), reason: 'Refund' }
    const sums = { amount: money(29_900, 'RUB'), refundedBefore: money(0, 'RUB') }
    expect(await connect().refundPayment({ ...request, ...sums })).toMatchObject({ kind: 'done' })
  })

  test('refuses a method that the account lacks, and makes a page for one that it has', async () => {
    simulator.setMethods(['bank_card'])
    expect(await connect().probe()).toMatchObject({ methods: ['bank_card'] })
    const sbp = await create({ ...good, payment_method_data: { type: 'sbp' } })
    expect(sbp).toMatchObject({ status: 400, body: { parameter: 'payment_method_data.type' } })
    const card = await create({ ...good, payment_method_data: { type: 'bank_card' } })
    await simulator.pay(String(card.body.id))
    expect(Buffer.from((await box.take()).body).toString()).toContain('bank_card')
  })

  test('tells why a payment was declined', async () => {
    const { body } = await create(good)
    await simulator.fail(String(body.id), 'insufficient_funds')
    expect(await connect().fetchStatus(String(body.id))).toEqual({ kind: 'canceled', reason: 'insufficient_funds' })
    await expect(simulator.pay(String(body.id))).rejects.toThrow('no longer waits')
  })

  test('closes an unpaid payment after an hour, and sends the webhook of it once', async () => {
    const { body } = await create(good)
    clock.advance(hourMs - 1)
    await simulator.expireDue()
    expect(simulator.findInvoice(String(body.id))?.status).toBe('pending')
    clock.advance(1)
    await simulator.expireDue()
    await simulator.expireDue()
    expect(simulator.webhookDeliveries()).toHaveLength(1)
    expect(Buffer.from((await box.take()).body).toString()).toContain('expired_on_confirmation')
  })

  test('sends the same webhook ten times at once on request', async () => {
    const { body } = await create(good)
    simulator.dropNextWebhook()
    await simulator.pay(String(body.id))
    await simulator.resendWebhook(String(body.id), 10)
    expect(simulator.webhookDeliveries().map(({ outcome }) => outcome)).toEqual(['dropped', ...Array(10).fill(200)])
    const webhooks = await Promise.all(Array.from({ length: 10 }, () => box.take()))
    expect(new Set(webhooks.map((webhook) => Buffer.from(webhook.body).toString())).size).toBe(1)
  })

  test('does not know the payment of another shop', async () => {
    const status = await connect().fetchStatus('00000000-000f-5000-8000-000000000000')
    expect(status).toEqual({ kind: 'unknown_invoice' })
  })

  describe('gives back', () => {
    const pay = async () => {
      const yookassa = connect()
      const { id } = (await create(good)).body
      const reference = String(id)
      await simulator.pay(reference)
      await box.take()
      const refundedBefore = money(0, 'RUB')
      const asked = {
        refundId: newId('refund'),
        reference,
        amount: money(10_000, 'RUB'),
        refundedBefore,
        reason: 'Refund',
      }
      return { yookassa, reference, asked }
    }

    test('at once, and sends a webhook of the payment', async () => {
      const { yookassa, reference, asked } = await pay()
      expect(await yookassa.refundPayment(asked)).toMatchObject({ kind: 'done' })
      const sent = JSON.parse(Buffer.from((await box.take()).body).toString('utf8')) as unknown
      expect(sent).toMatchObject({ event: 'refund.succeeded', object: { payment_id: reference, status: 'succeeded' } })
    })

    test('later, when it holds refunds back', async () => {
      const { yookassa, asked } = await pay()
      simulator.setRefundMode('pending')
      const first = await yookassa.refundPayment(asked)
      expect(first.kind).toBe('pending')
      expect(await yookassa.refundPayment(asked)).toEqual(first)
      if (first.kind !== 'pending') return
      expect(await yookassa.fetchRefund(asked, first.reference)).toEqual(first)
      await simulator.settleRefunds()
      expect(await yookassa.fetchRefund(asked, first.reference)).toEqual({ ...first, kind: 'done' })
    })

    test('nothing when the refund is canceled, with its reason', async () => {
      const { yookassa, reference, asked } = await pay()
      simulator.setRefundMode('canceled')
      expect(await yookassa.refundPayment(asked)).toEqual({ kind: 'failed', reason: 'insufficient_funds' })
      expect(await yookassa.fetchStatus(reference)).toMatchObject({ received: money(29_900, 'RUB') })
    })

    test('no more than is left, in its own words', async () => {
      const { yookassa, asked } = await pay()
      const refused = yookassa.refundPayment({ ...asked, amount: money(29_901, 'RUB') })
      await expect(refused).rejects.toThrow('exceeds what is left')
    })
  })
})
