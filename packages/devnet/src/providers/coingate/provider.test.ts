import { createHmac } from 'node:crypto'
import { hourMs, minuteMs, money, newId } from '@vpn-kiosk/domain'
import { createCoingate } from '@vpn-kiosk/payments'
import { paymentProviderContract } from '@vpn-kiosk/payments/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createProviderWorld, hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox, type WebhookBox } from '../testing/webhook-box.ts'
import { type CoingateSimulator, startCoingateSimulator } from './start-coingate-simulator.ts'

const token = 'cg-test-token'
const tokenOf = (paymentId: string) =>
  createHmac('sha256', token).update(`coingate callback ${paymentId}`).digest('hex')

paymentProviderContract('coingate', {
  currency: 'EUR',
  signed: false,
  reportsOtherMoney: false,
  irrelevantBody: JSON.stringify({
    id: 343,
    order_id: 'pay_8x2k0000000000000000',
    status: 'confirming',
    token: tokenOf('pay_8x2k0000000000000000'),
  }),
  unknownReference: '999999',
  start: async () => {
    const clock = createTestClock()
    const box = await openWebhookBox()
    const simulator = await startCoingateSimulator({ clock, token, callbackFormat: 'json' })
    const { apiUrl } = simulator
    const wrong = 'cg-somebody-else'
    const world = createProviderWorld({
      simulator,
      box,
      clock,
      connect: (keys) =>
        createCoingate({ token: keys === 'right' ? token : wrong, publicUrl: box.url, apiUrl, ...hasty }),
      secrets: [token, wrong],
      createCall: 'POST /api/v2/orders',
      authentic: (body) => ({ body, headers: { 'content-type': 'application/json' }, sourceIp: '203.0.113.9' }),
      forged: (webhook) => ({
        ...webhook,
        body: Buffer.from(
          Buffer.from(webhook.body)
            .toString()
            .replace(/"token":"../, '"token":"zz'),
        ),
      }),
    })
    return { ...world, expire: async () => clock.advance(2 * hourMs + 1) }
  },
})

describe('the simulated CoinGate', () => {
  let clock: ReturnType<typeof createTestClock>
  let simulator: CoingateSimulator
  let box: WebhookBox
  beforeEach(async () => {
    clock = createTestClock()
    box = await openWebhookBox()
    simulator = await startCoingateSimulator({ clock, token, webhookRetryDelaysMs: [5, 5] })
  })
  afterEach(() => Promise.all([simulator.close(), box.close()]))

  const connect = (receiveCurrency?: string) =>
    createCoingate({ token, publicUrl: box.url, apiUrl: simulator.apiUrl, receiveCurrency, ...hasty })
  const open = (provider = connect()) =>
    provider.createInvoice({
      paymentId: newId('payment'),
      amount: money(29_900, 'EUR'),
      description: 'One month',
      returnUrl: 'https://t.me/a_bot',
      expiresAt: new Date(clock.now().getTime() + hourMs),
    })
  const post = (url: string, fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const read = async (url: string) => (await fetch(url, { headers: { 'accept-language': 'en' } })).text()

  test('lets the payer choose a coin, and calls back as a form that the adapter understands', async () => {
    const { url, reference } = await open()
    expect(await read(url)).toContain('name="choice" value="BTC"')
    expect(await read(url)).not.toContain('value="pay"')
    expect((await post(url, { choice: 'BTC' })).headers.get('location')).toBe(new URL(url).pathname)
    expect(await connect().parseWebhook(await box.take())).toBeNull()
    expect(await read(url)).toContain('0.00598 BTC')
    await post(url, { action: 'pay' })
    expect(await connect().parseWebhook(await box.take())).toMatchObject({ reference, key: `paid:${reference}` })
    expect(await connect().fetchStatus(reference)).toMatchObject({ kind: 'paid', received: money(29_900, 'EUR') })
  })

  test('keeps too little until the order expires, and then it waits for a human', async () => {
    const { url, reference } = await open()
    await post(url, { choice: 'USDT' })
    await post(url, { action: 'pay-less' })
    expect(await connect().fetchStatus(reference)).toEqual({ kind: 'pending' })
    clock.advance(20 * minuteMs)
    expect(await connect().fetchStatus(reference)).toMatchObject({
      kind: 'paid',
      received: { raw: '299 - 149.5 USDT, expired' },
    })
  })

  test('takes the rest of what was too little', async () => {
    const { reference } = await open()
    await simulator.pay(reference, { amount: '100.00' })
    await simulator.pay(reference, { amount: '199.00' })
    const status = await connect().fetchStatus(reference)
    expect(status).toMatchObject({ kind: 'paid', received: money(29_900, 'EUR') })
    expect(status).not.toHaveProperty('surplus')
  })

  test('says in coins what came beyond the price', async () => {
    const { url, reference } = await open()
    await post(url, { choice: 'USDT' })
    await post(url, { action: 'pay-more' })
    expect(await connect().fetchStatus(reference)).toMatchObject({
      received: money(29_900, 'EUR'),
      surplus: { raw: '299 USDT' },
    })
  })

  test.each([
    ['invalid', 'declined'],
    [undefined, 'unknown'],
  ] as const)('ends unpaid as %s', async (reason, said) => {
    const { reference } = await open()
    await simulator.fail(reference, reason)
    expect(await connect().fetchStatus(reference)).toEqual({ kind: 'canceled', reason: said })
  })

  test('tells what was given back, and its fee in the currency of the price when the account gets that', async () => {
    const provider = connect('EUR')
    const { reference } = await open(provider)
    await simulator.pay(reference)
    expect(await provider.fetchStatus(reference)).toMatchObject({ fee: money(299, 'EUR') })
    await simulator.refund(reference, '100.00')
    const part = { received: money(19_900, 'EUR'), refunded: money(10_000, 'EUR') }
    expect(await provider.fetchStatus(reference)).toMatchObject(part)
    await simulator.refund(reference)
    const all = { received: money(0, 'EUR'), refunded: money(29_900, 'EUR') }
    expect(await provider.fetchStatus(reference)).toMatchObject(all)
    const listed = []
    for await (const page of provider.listPayments(clock.now())) listed.push(...page)
    expect(listed).toMatchObject([{ reference, ...all }])
  })

  test.each([
    [400, 3],
    [401, 1],
    [302, 1],
  ])('that is answered with %d sends a callback %d times', async (status, times) => {
    box.answerWith(status)
    const { reference } = await open()
    await simulator.pay(reference)
    await simulator.webhooksSettled()
    expect(simulator.webhookDeliveries()).toHaveLength(times)
  })

  test('refuses what its documents do not allow, and more than 200 calls a minute', async () => {
    const call = async (body: object) => {
      const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' }
      return (await fetch(`${simulator.apiUrl}/orders`, { method: 'POST', headers, body: JSON.stringify(body) })).status
    }
    const good = { price_amount: 5, price_currency: 'EUR', title: 'One', description: 'One month' }
    expect(await call(good)).toBe(200)
    expect(await call({ ...good, price_currency: 'RUB' })).toBe(422)
    expect(await call({ ...good, title: 'ab' })).toBe(422)
    expect(await call({ ...good, description: 'x'.repeat(501) })).toBe(422)
    expect(await call({ ...good, price_amount: 0 })).toBe(422)
    const statuses = []
    for (let calls = 5; calls <= 200; calls += 1) statuses.push(await call({}))
    expect([...new Set(statuses.slice(0, -1)), statuses.at(-1)]).toEqual([422, 429])
  })
})
