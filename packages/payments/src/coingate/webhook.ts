import { createHmac } from 'node:crypto'
import { type PaymentId, type RawWebhook, type WebhookEvent, WebhookRejected } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { textOf } from '../loose-text.ts'
import { assertWebhookSize, parseWebhookPart, readWebhookBody } from '../read-webhook-body.ts'
import { assertSignature } from '../signature.ts'
import { orderObjectSchema, readPaymentId, readReference } from './invoice-object.ts'

const callbackSchema = orderObjectSchema.extend({ status: z.string().regex(/^[a-z_]{1,40}$/) })

/** So far nothing has come, or it is not confirmed: there is nothing to ask about. */
const waiting = new Set(['new', 'pending', 'confirming'])
const givenBack = new Set(['refunded', 'partially_refunded'])

const tokenSubject = (paymentId: PaymentId): string => `coingate callback ${paymentId}`

/** The order's `token`, which its callbacks carry: an HMAC of our payment id, so that nothing has to be kept to know it again. */
export const deriveCallbackToken = (key: string, paymentId: PaymentId): string =>
  createHmac('sha256', key).update(tokenSubject(paymentId)).digest('hex')

/**
 * A callback comes as a form or as JSON, as the API app is set. It is not signed: the token proves that whoever sends it
 * knows the order, and no more than that. CoinGate gives a callback up for good at 301, 302, 401 and 403, so the web
 * answers a rejected one with 400.
 */
export function parseWebhook(key: string, raw: RawWebhook): WebhookEvent | null {
  assertWebhookSize(raw.body)
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(raw.headers['content-type'] ?? '')
  const order = isForm
    ? parseWebhookPart(callbackSchema, readForm(raw.body))
    : readWebhookBody(callbackSchema, raw.body)
  const paymentId = readPaymentId(order)
  if (paymentId === null) throw new WebhookRejected('the callback names no payment of ours')
  assertSignature(Buffer.from(tokenSubject(paymentId)), key, textOf(order.token))
  const { status } = order
  if (waiting.has(status)) return null
  const reference = readReference(order)
  const said = (name: 'price_amount' | 'price_currency' | 'pay_currency' | 'underpaid_amount' | 'overpaid_amount') =>
    excerptOf(textOf(order[name]))
  return {
    about: givenBack.has(status) ? 'refund' : 'payment',
    reference,
    paymentId,
    key: `${status}:${reference}`,
    summary: {
      status,
      price_amount: said('price_amount'),
      price_currency: said('price_currency'),
      pay_currency: said('pay_currency'),
      underpaid_amount: said('underpaid_amount'),
      overpaid_amount: said('overpaid_amount'),
      paymentId,
    },
  }
}

function readForm(body: Uint8Array): unknown {
  try {
    return Object.fromEntries(new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(body)))
  } catch {
    throw new WebhookRejected('the callback is not text')
  }
}
