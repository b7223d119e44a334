import type { RawWebhook, WebhookEvent } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, looseField, textOf } from '../loose-text.ts'
import { parseWebhookPart, readWebhookBody } from '../read-webhook-body.ts'
import { type PaymentObject, paymentObjectSchema, paymentReferenceSchema, readPaymentId } from './invoice-object.ts'
import type { createSourceGuard } from './webhook-sources.ts'

const envelopeSchema = z.looseObject({
  type: z.literal('notification'),
  event: z.string().regex(/^[a-z_.]{1,64}$/),
  object: z.unknown().optional(),
})

const refundSchema = z.looseObject({
  id: paymentReferenceSchema,
  payment_id: paymentReferenceSchema,
  amount: looseField,
})

/**
 * YooKassa signs nothing: the source address is the only proof, so the webhook only says what to ask about, and nothing in
 * it is believed. Saved methods and events of later API versions are authentic, but not about a payment of ours: null.
 */
export function parseWebhook(assertSource: ReturnType<typeof createSourceGuard>, raw: RawWebhook): WebhookEvent | null {
  assertSource(raw.sourceIp)
  const { event, object } = readWebhookBody(envelopeSchema, raw.body)
  if (event.startsWith('payment.')) return readPaymentEvent(event, parseWebhookPart(paymentObjectSchema, object))
  return event.startsWith('refund.') ? readRefundEvent(event, parseWebhookPart(refundSchema, object)) : null
}

function readPaymentEvent(event: string, payment: PaymentObject): WebhookEvent {
  const paymentId = readPaymentId(payment)
  return {
    about: 'payment',
    reference: payment.id,
    paymentId,
    key: `${event}:${payment.id}`,
    summary: {
      event,
      status: excerptOf(textOf(payment.status)),
      amount: describeAmount(payment.amount),
      reason: excerptOf(textOf(fieldOf(payment.cancellation_details, 'reason'))) || null,
      paymentId,
    },
  }
}

const readRefundEvent = (event: string, refund: z.infer<typeof refundSchema>): WebhookEvent => ({
  about: 'refund',
  reference: refund.payment_id,
  paymentId: null,
  key: `${event}:${refund.id}`,
  summary: { event, refund: refund.id, amount: describeAmount(refund.amount) },
})

const describeAmount = (amount: unknown) => ({
  value: excerptOf(textOf(fieldOf(amount, 'value'))),
  currency: excerptOf(textOf(fieldOf(amount, 'currency'))),
})
