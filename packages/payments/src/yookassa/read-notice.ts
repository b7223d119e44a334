import type { PaymentNotice, RawNotice } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { readNoticeBody, readNoticePart } from '../read-notice-body.ts'
import type { createSourceGuard } from './notice-sources.ts'
import { paymentObjectSchema, readPaymentId } from './payment-object.ts'

const envelopeSchema = z.looseObject({
  type: z.literal('notification'),
  event: z.string().max(64),
  object: z.unknown().optional(),
})

/**
 * YooKassa signs nothing: the source address is the only proof, so the notice is a doorbell and nothing in it is believed.
 * Refunds, saved methods and events of later API versions are authentic, but not about a payment of ours: null.
 */
export function readNotice(assertSource: ReturnType<typeof createSourceGuard>, raw: RawNotice): PaymentNotice | null {
  assertSource(raw.sourceIp)
  const { event, object } = readNoticeBody(envelopeSchema, raw.body)
  if (!event.startsWith('payment.')) return null
  const payment = readNoticePart(paymentObjectSchema, object)
  const paymentId = readPaymentId(payment.metadata)
  return {
    reference: payment.id,
    paymentId,
    key: `${event}:${payment.id}`,
    summary: {
      event,
      status: payment.status,
      amount: { value: payment.amount.value, currency: payment.amount.currency },
      reason: payment.cancellation_details?.reason ?? null,
      paymentId,
    },
  }
}
