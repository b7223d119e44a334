import { createHash } from 'node:crypto'
import { hourMs, money, newId, WebhookRejected } from '@vpn-kiosk/domain'
import { createHeleket } from '@vpn-kiosk/payments'
import { paymentProviderContract } from '@vpn-kiosk/payments/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProviderWorld, hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox, type WebhookBox } from '../testing/webhook-box.ts'
import { type HeleketSimulator, startHeleketSimulator } from './start-heleket-simulator.ts'

const wrongKey = 'heleket-somebody-else'

paymentProviderContract('heleket', {
  currency: 'RUB',
  signed: true,
  reportsOtherMoney: false,
  irrelevantBody: '{"type":"wallet","uuid":"62f88b36-a9d5-4fa6-aa26-e040c3dbf26d","status":"paid"}',
  unknownReference: '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d',
  start: async () => {
    const clock = createTestClock()
    const box = await openWebhookBox()
    const simulator = await startHeleketSimulator({ clock })
    const { apiUrl, merchant, apiKey } = simulator
    const settings = { merchant, apiUrl, publicUrl: box.url, ...hasty }
    return createProviderWorld({
      simulator,
      box,
      clock,
      connect: (keys) => createHeleket({ ...settings, apiKey: keys === 'right' ? apiKey : wrongKey }, clock),
      secrets: [apiKey, wrongKey],
      createCall: 'POST /v1/payment',
      // Bytes that are no text stay as they are: nobody could have signed them.
      authentic: (body) => {
        const text = Buffer.from(body).toString('utf8')
        const isText = Buffer.from(text).equals(Buffer.from(body))
        return { body: isText ? Buffer.from(simulator.sign(text)) : body, headers: {}, sourceIp: '203.0.113.9' }
      },
      forged: (webhook) => {
        const { sign: _sign, ...fields } = JSON.parse(Buffer.from(webhook.body).toString()) as Record<string, unknown>
        const text = JSON.stringify(fields)
        const sign = createHash('md5')
          .update(Buffer.from(text).toString('base64') + wrongKey)
          .digest('hex')
        return { ...webhook, body: Buffer.from(JSON.stringify({ ...fields, sign })) }
      },
    })
  },
})

describe('the simulated Heleket', () => {
  let clock: ReturnType<typeof createTestClock>
  let simulator: HeleketSimulator
  let box: WebhookBox
  beforeEach(async () => {
    clock = createTestClock()
    box = await openWebhookBox()
    simulator = await startHeleketSimulator({ clock })
  })
  afterEach(() => Promise.all([simulator.close(), box.close()]))

  const connect = () => {
    const { merchant, apiKey, apiUrl } = simulator
    return createHeleket({ merchant, apiKey, apiUrl, publicUrl: box.url, ...hasty }, clock)
  }
  const open = (lifeMs = hourMs) =>
    connect().createInvoice({
      paymentId: newId('payment'),
      amount: money(500, 'USD'),
      description: 'One month',
      returnUrl: 'https://t.me/a_bot',
      expiresAt: new Date(clock.now().getTime() + lifeMs),
    })

  test('lets the rest of too little be paid', async () => {
    const { reference } = await open()
    await simulator.pay(reference, { amount: '2.00' })
    expect(await connect().parseWebhook(await box.take())).toBeNull()
    expect(await connect().fetchStatus(reference)).toEqual({ kind: 'pending' })
    await simulator.pay(reference, { amount: '3.00' })
    expect(await connect().fetchStatus(reference)).toMatchObject({ kind: 'paid', received: money(500, 'USD') })
  })

  test('says too little at the end, and then it waits for a human', async () => {
    const { reference } = await open()
    await simulator.pay(reference, { amount: '2.00' })
    clock.advance(hourMs)
    const received = { raw: '2.000000 of 5.000000 USDT, wrong_amount' }
    expect(await connect().fetchStatus(reference)).toMatchObject({ kind: 'paid', received })
  })

  test('says in coins what came beyond the price', async () => {
    const { reference } = await open()
    await simulator.pay(reference, { amount: '6.00' })
    const came = { received: money(500, 'USD'), surplus: { raw: '6.000000 - 5.000000 USDT' } }
    expect(await connect().fetchStatus(reference)).toMatchObject(came)
  })

  test('says what was given back, and calls that a refund', async () => {
    const { reference } = await open()
    await simulator.pay(reference)
    await box.take()
    await simulator.refund(reference)
    expect(await connect().parseWebhook(await box.take())).toMatchObject({ about: 'refund' })
    const given = { received: money(0, 'USD'), refunded: money(500, 'USD') }
    expect(await connect().fetchStatus(reference)).toMatchObject(given)
  })

  test('lets an invoice live five minutes at least, and twelve hours at most', async () => {
    const lives: number[] = []
    for (const lifeMs of [1000, 48 * hourMs]) {
      const { reference } = await open(lifeMs)
      lives.push((simulator.findInvoice(reference)?.expiresAt?.getTime() ?? 0) - clock.now().getTime())
    }
    expect(lives).toEqual([300_000, 12 * hourMs])
  })

  test.each([
    ['slashes', { url: 'https://pay.heleket.com/pay/1' }],
    ['other alphabets', { name: '\u0416\u{1F511}' }],
    ['separators of lines', { name: 'a\u2028b\u2029' }],
    ['what is nested and empty', { convert: { rate: null, list: [], more: {} } }],
  ])('signs %s as PHP writes them, and the adapter reads them so', async (_, fields) => {
    const text = JSON.stringify({
      type: 'wallet',
      uuid: '62f88b36-a9d5-4fa6-aa26-e040c3dbf26d',
      status: 'paid',
      ...fields,
    })
    const webhook = (body: string) => ({ body: Buffer.from(body), headers: {}, sourceIp: '203.0.113.9' })
    expect(await connect().parseWebhook(webhook(simulator.sign(text)))).toBeNull()
    const escaped = simulator.sign(text.replaceAll('/', '\\/'))
    expect(await connect().parseWebhook(webhook(escaped))).toBeNull()
    const other = simulator.sign(text).replace('"status":"paid"', '"status":"fail"')
    await expect(connect().parseWebhook(webhook(other))).rejects.toBeInstanceOf(WebhookRejected)
  })
})
