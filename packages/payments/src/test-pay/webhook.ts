import type { RawWebhook, WebhookEvent } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { textOf } from '../loose-text.ts'
import { assertWebhookSize, parseWebhookPart, readWebhookBody } from '../read-webhook-body.ts'
import { assertSignature } from '../signature.ts'
import { invoiceObjectSchema, readPaymentId } from './invoice-object.ts'

const eventSchema = z.looseObject({ event: z.string().regex(/^[a-z_.]{1,64}$/), invoice: z.unknown().optional() })

/** Header `x-test-signature`: lower-case hex HMAC-SHA256 of the raw body under the secret. Events: `invoice.paid`, `invoice.canceled`. */
export function parseWebhook(secret: string, raw: RawWebhook): WebhookEvent | null {
  assertWebhookSize(raw.body)
  assertSignature(raw.body, secret, raw.headers['x-test-signature'])
  const { event, invoice: part } = readWebhookBody(eventSchema, raw.body)
  if (!event.startsWith('invoice.')) return null
  const invoice = parseWebhookPart(invoiceObjectSchema, part)
  const paymentId = readPaymentId(invoice)
  return {
    about: 'payment',
    reference: invoice.id,
    paymentId,
    key: `${event}:${invoice.id}`,
    summary: {
      event,
      status: excerptOf(textOf(invoice.status)),
      received: excerptOf(textOf(invoice.received)) || null,
      paymentId,
    },
  }
}
