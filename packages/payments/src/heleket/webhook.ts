import { timingSafeEqual } from 'node:crypto'
import { type RawWebhook, type WebhookEvent, WebhookRejected } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { textOf } from '../loose-text.ts'
import { parseWebhookPart, readWebhookBody } from '../read-webhook-body.ts'
import { signBody } from './client.ts'
import { invoiceObjectSchema, readPaymentId } from './invoice-object.ts'

const signedSchema = z.looseObject({ sign: z.string().regex(/^[0-9a-f]{32}$/) })

/** `wallet` is about a standing address, which the shop has none of. */
const webhookSchema = invoiceObjectSchema.extend({
  type: z.enum(['payment', 'wallet']),
  status: z.string().regex(/^[a-z_]{1,40}$/),
})

/** So far nothing has come, or not all of it, or it is not confirmed: there is nothing to ask about. */
const waiting = new Set(['process', 'check', 'confirm_check', 'wrong_amount_waiting'])

/** Verifies the `sign` in the body, which is made over the rest of it as PHP writes it. */
export function parseWebhook(apiKey: string, raw: RawWebhook): WebhookEvent | null {
  const { sign, ...signed } = readWebhookBody(signedSchema, raw.body)
  const expected = signBody(encodeLikePhp(signed), apiKey)
  if (!timingSafeEqual(Buffer.from(sign), Buffer.from(expected)))
    throw new WebhookRejected('the signature does not fit the webhook')
  const webhook = parseWebhookPart(webhookSchema, signed)
  const { type, status, uuid: reference } = webhook
  if (type === 'wallet' || waiting.has(status)) return null
  const paymentId = readPaymentId(webhook)
  const said = (name: 'amount' | 'currency' | 'payment_amount' | 'payer_currency') => excerptOf(textOf(webhook[name]))
  return {
    about: status === 'refund_paid' ? 'refund' : 'payment',
    reference,
    paymentId,
    key: `${status}:${reference}`,
    summary: {
      status,
      amount: said('amount'),
      currency: said('currency'),
      payment_amount: said('payment_amount'),
      payer_currency: said('payer_currency'),
      paymentId,
    },
  }
}

/** `json_encode(…, JSON_UNESCAPED_UNICODE)`: slashes are escaped, and so are the two separators of lines. */
function encodeLikePhp(value: unknown): string {
  try {
    return JSON.stringify(value).replaceAll('/', '\\/').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  } catch {
    // Deeper than the stack.
    throw new WebhookRejected('the webhook cannot be written again')
  }
}
