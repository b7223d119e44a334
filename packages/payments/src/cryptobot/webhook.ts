import { createHash } from 'node:crypto'
import type { RawWebhook, WebhookEvent } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { textOf } from '../loose-text.ts'
import { assertWebhookSize, parseWebhookPart, readWebhookBody } from '../read-webhook-body.ts'
import { assertSignature } from '../signature.ts'
import { invoiceObjectSchema, readPaymentId, readReference } from './invoice-object.ts'

const updateSchema = z.looseObject({ update_type: z.string().max(64), payload: z.unknown().optional() })

/** The signature covers the raw body, under the SHA-256 of the token (32 raw bytes). */
export const deriveWebhookKey = (token: string): Uint8Array => createHash('sha256').update(token).digest()

/**
 * Verifies before it parses. `update_id` differs between repetitions, so the webhook's key is made of the invoice.
 * `invoice_paid` is the only event there is; any other is null.
 */
export function parseWebhook(key: Uint8Array, raw: RawWebhook): WebhookEvent | null {
  assertWebhookSize(raw.body)
  assertSignature(raw.body, key, raw.headers['crypto-pay-api-signature'])
  const update = readWebhookBody(updateSchema, raw.body)
  if (update.update_type !== 'invoice_paid') return null
  const invoice = parseWebhookPart(invoiceObjectSchema, update.payload)
  const reference = readReference(invoice)
  const paymentId = readPaymentId(invoice)
  const said = (name: 'status' | 'amount' | 'fiat' | 'paid_asset' | 'paid_amount') => excerptOf(textOf(invoice[name]))
  return {
    about: 'payment',
    reference,
    paymentId,
    key: `invoice_paid:${reference}`,
    summary: {
      event: update.update_type,
      status: said('status'),
      amount: said('amount'),
      fiat: said('fiat'),
      paid_asset: said('paid_asset'),
      paid_amount: said('paid_amount'),
      paymentId,
    },
  }
}
