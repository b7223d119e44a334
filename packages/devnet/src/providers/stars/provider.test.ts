import {
  type InvoiceRequest,
  minuteMs,
  money,
  newId,
  type PaymentId,
  ProviderBusy,
  ProviderRefused,
  ProviderUnreachable,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { createStars } from '@vpn-kiosk/payments'
import { createStarChargeBook } from '@vpn-kiosk/shop'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { startTelegramSimulator, type TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { hasty } from '../testing/provider-world.ts'

const token = '100:secret'
const chat = '@shop_bot'
const day = 86_400_000
let world: TestShop
let telegram: TelegramSimulator
let anna: number

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  telegram = await startTelegramSimulator({ clock: world.clock })
  telegram.addBot({ token, username: 'shop_bot', name: 'Shop' })
  anna = telegram.people.createPerson({ firstName: 'Anna', languageCode: 'en' }).id
  telegram.people.start({ person: anna, bot: chat })
})
afterEach(async () => {
  await telegram.close()
  await world.close()
})

const connect = (botToken = token) =>
  createStars({ token: botToken, apiUrl: telegram.apiRoot, ...hasty }, createStarChargeBook(world.deps))

const request = (paymentId: PaymentId = newId('payment'), stars = 150): InvoiceRequest => ({
  paymentId,
  amount: money(stars, 'XTR'),
  description: 'VPN: a month',
  returnUrl: 'https://t.me/shop_bot',
  expiresAt: new Date(world.clock.now().getTime() + 60 * minuteMs),
})

async function callBot<T>(method: string, parameters: object = {}): Promise<T> {
  const answer = await fetch(`${telegram.apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  return ((await answer.json()) as { result: T }).result
}

/** The bot agrees to the checkout, and what it is told afterwards is lost. */
async function pay(link: string, person = anna): Promise<string> {
  const paid = telegram.people.pay({ person, bot: chat, link })
  const updates = await callBot<{ update_id: number; pre_checkout_query?: { id: string } }[]>('getUpdates', {
    timeout: 5,
    allowed_updates: ['pre_checkout_query'],
  })
  const query = updates.find((update) => update.pre_checkout_query)?.pre_checkout_query
  await callBot('answerPreCheckoutQuery', { pre_checkout_query_id: query?.id, ok: true })
  const result = await paid
  await callBot('deleteWebhook', { drop_pending_updates: true })
  if (result.kind !== 'paid') throw new Error(result.kind)
  return result.chargeId
}

describe('an invoice in stars', () => {
  test('opens in Telegram, waits, and is paid with our own id', async () => {
    const stars = connect()
    const asked = request()
    const { reference, url } = await stars.createInvoice(asked)
    expect([reference, url]).toEqual([asked.paymentId, expect.stringMatching(/^https:\/\/t\.me\/\$/)])
    expect(await stars.fetchStatus(reference)).toEqual({ kind: 'pending' })
    await pay(url)
    expect(await stars.fetchStatus(reference)).toEqual({
      kind: 'paid',
      received: money(150, 'XTR'),
      paidAt: expect.any(Date),
      paymentId: asked.paymentId,
    })
    expect(await connect().fetchStatus(reference)).toMatchObject({ kind: 'paid' })
  })

  test('is found among hundreds of others, and what is no invoice of the shop is passed over', async () => {
    const stars = connect()
    const foreign = await callBot<string>('createInvoiceLink', {
      title: 'A',
      description: 'B',
      payload: 'somebody-else',
      currency: 'XTR',
      prices: [{ label: 'A', amount: 1 }],
    })
    for (let count = 0; count < 205; count++) await pay(foreign)
    const asked = request()
    await pay((await stars.createInvoice(asked)).url)
    expect(await stars.fetchStatus(asked.paymentId)).toMatchObject({ kind: 'paid', received: money(150, 'XTR') })
    expect(await createStarChargeBook(world.deps).readCursor()).toBe(206)
  }, 60_000)

  test('whose link was made twice and paid twice says the sum', async () => {
    const stars = connect()
    const asked = request()
    await pay((await stars.createInvoice(asked)).url)
    await pay((await stars.createInvoice(asked)).url)
    expect(await stars.fetchStatus(asked.paymentId)).toMatchObject({ received: money(300, 'XTR') })
  })

  test('in another currency is refused, and a reference of another making is unknown', async () => {
    await expect(connect().createInvoice({ ...request(), amount: money(29_900, 'RUB') })).rejects.toBeInstanceOf(
      ProviderRefused,
    )
    for (const reference of ['x', 'pay_', '../getMe', 'p'.repeat(10_000)])
      expect(await connect().fetchStatus(reference)).toEqual({ kind: 'unknown_invoice' })
  })
})

describe('a subscription in stars', () => {
  test('is a link that is charged again, and is ended by the id of its first charge', async () => {
    const stars = connect()
    const asked = { ...request(), method: 'monthly' }
    const chargeId = await pay((await stars.createInvoice(asked)).url)
    const subscribed = () => telegram.people.listSubscriptions({ person: anna })
    expect(subscribed()).toMatchObject([{ charge: chargeId, stars: 150, isCanceled: false }])
    const edit = { chargeId, payerId: BigInt(anna), isCanceled: true }
    telegram.people.addFault({ effect: { kind: 'reset' }, method: 'editUserStarSubscription', count: 1 })
    await stars.editRecurring(edit)
    await stars.editRecurring(edit)
    expect(subscribed()).toMatchObject([{ isCanceled: true, isCanceledByBot: true }])
    await stars.editRecurring({ ...edit, isCanceled: false })
    expect(subscribed()).toMatchObject([{ isCanceled: true, isCanceledByBot: false }])
    await expect(stars.editRecurring({ ...edit, chargeId: 'other' })).rejects.toBeInstanceOf(ProviderRefused)
  })
})

describe('Telegram that fails', () => {
  test('is asked again after a lost answer, and a pause is its own wish', async () => {
    telegram.people.addFault({ effect: { kind: 'reset' }, method: 'createInvoiceLink', count: 1 })
    expect((await connect().createInvoice(request())).url).toContain('t.me')
    telegram.people.addFault({ effect: { kind: 'flood', retryAfter: 60 }, method: 'getStarTransactions' })
    await expect(connect().fetchStatus(newId('payment'))).rejects.toBeInstanceOf(ProviderBusy)
  })

  test.each(['bad-gateway', 'server-error'] as const)('with %s leaves the outcome open', async (kind) => {
    telegram.people.addFault({ effect: { kind } })
    await expect(connect().createInvoice(request())).rejects.toBeInstanceOf(ProviderUnreachable)
    await expect(connect().probe()).rejects.toBeInstanceOf(ProviderUnreachable)
  })

  test('says that the token is wrong without naming it', async () => {
    const failure = await connect('100:somebody-else')
      .probe()
      .catch((error: Error) => error)
    expect(failure).toBeInstanceOf(ProviderRefused)
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('somebody-else')
    await expect(connect().probe()).resolves.toMatchObject({ keyExpiresAt: null })
  })

  test('tells nobody over HTTP', async () => {
    const forged = { body: Buffer.from('{}'), headers: {}, sourceIp: '203.0.113.9' }
    await expect(connect().parseWebhook(forged)).rejects.toBeInstanceOf(WebhookRejected)
  })
})

describe('stars that go back', () => {
  const refund = (paymentId: PaymentId, stars = 150) => ({
    refundId: newId('refund'),
    reference: paymentId,
    amount: money(stars, 'XTR'),
    refundedBefore: money(0, 'XTR'),
    reason: 'asked',
  })

  test('go back once, however often it is asked and whichever answer was lost', async () => {
    const stars = connect()
    const asked = request()
    await pay((await stars.createInvoice(asked)).url)
    await stars.fetchStatus(asked.paymentId)
    telegram.people.addFault({ effect: { kind: 'reset' }, method: 'refundStarPayment', count: 1 })
    expect(await stars.refundPayment(refund(asked.paymentId))).toMatchObject({ kind: 'done' })
    expect(await connect().refundPayment(refund(asked.paymentId))).toMatchObject({ kind: 'done' })
    expect(await callBot('getMyStarBalance')).toEqual({ amount: 0 })
    expect(await stars.fetchStatus(asked.paymentId)).toMatchObject({
      kind: 'paid',
      received: money(0, 'XTR'),
      refunded: money(150, 'XTR'),
    })
  })

  test('of a payment that was paid twice go back one charge a refund, also when the first is asked again', async () => {
    const stars = connect()
    const asked = request()
    await pay((await stars.createInvoice(asked)).url)
    await pay((await stars.createInvoice(asked)).url)
    await stars.fetchStatus(asked.paymentId)
    const first = refund(asked.paymentId)
    await stars.refundPayment(first)
    // The answer was never stored: the same refund is asked for again.
    expect(await connect().refundPayment(first)).toMatchObject({ kind: 'done' })
    expect(await callBot('getMyStarBalance')).toEqual({ amount: 150 })
    await stars.refundPayment({ ...refund(asked.paymentId), refundedBefore: money(150, 'XTR') })
    expect(await callBot('getMyStarBalance')).toEqual({ amount: 0 })
  })

  test('go back whole or not at all, and only of what was paid', async () => {
    const stars = connect()
    const asked = request()
    const { url } = await stars.createInvoice(asked)
    await expect(stars.refundPayment(refund(asked.paymentId))).rejects.toBeInstanceOf(ProviderRefused)
    await pay(url)
    await stars.fetchStatus(asked.paymentId)
    await expect(stars.refundPayment(refund(asked.paymentId, 100))).rejects.toBeInstanceOf(ProviderRefused)
    expect(await callBot('getMyStarBalance')).toEqual({ amount: 150 })
  })

  test('are in the list that the books are held against', async () => {
    const stars = connect()
    const asked = request()
    await pay((await stars.createInvoice(asked)).url)
    const list = async () => {
      const found = []
      for await (const page of stars.listPayments(new Date(world.clock.now().getTime() - day))) found.push(...page)
      return found
    }
    expect(await list()).toEqual([
      { reference: asked.paymentId, paymentId: asked.paymentId, received: money(150, 'XTR'), refunded: null },
    ])
    await stars.refundPayment(refund(asked.paymentId))
    expect(await list()).toMatchObject([{ received: money(0, 'XTR'), refunded: money(150, 'XTR') }])
  })
})
