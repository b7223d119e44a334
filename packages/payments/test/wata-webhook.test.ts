import { generateKeyPairSync, sign } from 'node:crypto'
import {
  addMs,
  type Clock,
  hourMs,
  minuteMs,
  ProviderUnclear,
  ProviderUnreachable,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import { createWata } from '@vpn-kiosk/payments'
import { describe, expect, test } from 'vitest'
import { type CannedAnswer, openCannedProvider } from './canned-provider.ts'
import { readRecorded } from './recorded-bodies.ts'

const reference = 'pay_8x2k0000000000000000'
const mine = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keyOf = ({ publicKey }: typeof mine): CannedAnswer => ({
  body: JSON.stringify({ value: publicKey.export({ type: 'spki', format: 'pem' }) }),
})
const body = readRecorded('wata-webhook-paid')
const signed = (by: typeof mine, what: Uint8Array = body) => ({
  body: what,
  headers: { 'x-signature': sign('RSA-SHA512', what, by.privateKey).toString('base64') },
  sourceIp: '203.0.113.9',
})
const changed = (changes: object) =>
  Buffer.from(JSON.stringify({ ...(JSON.parse(body.toString('utf8')) as object), ...changes }))

function startClock(): Clock & { advance(ms: number): void } {
  let now = new Date('2026-10-01T10:00:00Z')
  return {
    now: () => now,
    advance: (ms) => {
      now = addMs(now, ms)
    },
  }
}

async function open(...answers: CannedAnswer[]) {
  const clock = startClock()
  const provider = await openCannedProvider(...answers)
  const wata = createWata({ token: 't', apiUrl: provider.url, retryDelaysMs: [], timeoutMs: 500 }, clock)
  const outcomeOf = (webhook: ReturnType<typeof signed>) => wata.parseWebhook(webhook).catch((error: unknown) => error)
  return {
    clock,
    outcomeOf,
    fetches: () => provider.heard.filter(({ call }) => call === 'GET /public-key').length,
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  }
}

describe('a recorded Wata webhook', () => {
  test('names the payment and our own id', async () => {
    await using at = await open(keyOf(mine))
    expect(await at.outcomeOf(signed(mine))).toMatchObject({
      about: 'payment',
      reference,
      paymentId: reference,
      key: `Payment.Paid:${reference}:3a1f4c52-7d0b-4e0e-9a57-0f6d0c1b2a33`,
    })
  })

  test.each([
    ['of a refund', { kind: 'Refund' }, { about: 'refund', reference }],
    [
      'with its id under the other name',
      { transactionId: undefined, id: '3a1f-2' },
      { key: `Payment.Paid:${reference}:3a1f-2` },
    ],
    ['of another shop on the terminal', { orderId: '8f3c' }, { reference: '8f3c', paymentId: null }],
    ['of an order that is no word', { orderId: '../me' }, null],
    ['of no order', { orderId: null }, null],
  ])('%s is read', async (_, changes, event) => {
    await using at = await open(keyOf(mine))
    const told = await at.outcomeOf(signed(mine, changed(changes)))
    if (event === null) expect(told).toBeNull()
    else expect(told).toMatchObject(event)
  })

  test.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['text that is not base64', '%'.repeat(344)],
    ['one of another length', 'A'.repeat(340)],
    ['an endless one', 'A'.repeat(100_000)],
  ])('with %s is rejected', async (_, signature) => {
    await using at = await open(keyOf(mine))
    const headers = signature === undefined ? {} : { 'x-signature': signature }
    const webhook = { ...signed(mine), headers } as ReturnType<typeof signed>
    expect(await at.outcomeOf(webhook)).toBeInstanceOf(WebhookRejected)
  })
})

describe('Wata’s public key', () => {
  test('is asked for once in six hours', async () => {
    await using at = await open(keyOf(mine))
    for (const _ of [1, 2, 3]) expect(await at.outcomeOf(signed(mine))).toMatchObject({ reference })
    expect(at.fetches()).toBe(1)
    at.clock.advance(6 * hourMs)
    await at.outcomeOf(signed(mine))
    expect(at.fetches()).toBe(2)
  })

  test('that has changed is asked for again, and a flood of forged webhooks asks once a minute', async () => {
    await using at = await open(keyOf(other), keyOf(mine))
    expect(await at.outcomeOf(signed(mine))).toBeInstanceOf(WebhookRejected)
    expect(at.fetches()).toBe(1)
    at.clock.advance(minuteMs)
    expect(await at.outcomeOf(signed(mine))).toMatchObject({ reference })
    for (const _ of Array(300).keys()) expect(await at.outcomeOf(signed(other))).toBeInstanceOf(WebhookRejected)
    expect(at.fetches()).toBe(2)
    at.clock.advance(minuteMs)
    const flood = Array.from({ length: 50 }, () => at.outcomeOf(signed(other)))
    for (const outcome of await Promise.all(flood)) expect(outcome).toBeInstanceOf(WebhookRejected)
    expect(at.fetches()).toBe(3)
  })

  test.each([
    ['is not answered', { status: 503, body: '' }, ProviderUnreachable],
    ['is no key', { body: '{"value":"-----BEGIN PUBLIC KEY-----"}' }, ProviderUnclear],
    ['is of another sort', keyOf(generateKeyPairSync('ed25519') as never), ProviderUnclear],
  ])('that %s fails the webhook, which is then repeated, and is soon asked for again', async (_, answer, kind) => {
    await using at = await open(answer, keyOf(mine))
    expect(await at.outcomeOf(signed(mine))).toBeInstanceOf(kind)
    for (const _again of [1, 2, 3]) expect(await at.outcomeOf(signed(mine))).toBeInstanceOf(ProviderUnreachable)
    expect(at.fetches()).toBe(1)
    at.clock.advance(5000)
    expect(await at.outcomeOf(signed(mine))).toMatchObject({ reference })
  })

  test('that cannot be renewed is used on', async () => {
    await using at = await open(keyOf(mine), { status: 503, body: '' })
    await at.outcomeOf(signed(mine))
    at.clock.advance(7 * hourMs)
    expect(await at.outcomeOf(signed(mine))).toMatchObject({ reference })
  })
})
