import type { RawWebhook, WebhookEvent } from '@vpn-kiosk/domain'
import { WebhookRejected } from '@vpn-kiosk/domain'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, textOf } from '../loose-text.ts'
import { parseWebhookPart, readWebhookBody } from '../read-webhook-body.ts'
import type { PaymentObject, RefundObject } from './invoice-object.ts'
import { paymentObjectSchema, readPaymentId, refundObjectSchema } from './invoice-object.ts'

const envelopeSchema = z.looseObject({
  type: z.literal('notification'),
  event: z.string().regex(/^[a-z_.]{1,64}$/),
  object: z.unknown().optional(),
})

/**
 * YooKassa signs nothing: the source address is the only proof, so the webhook only says what to ask about, and nothing in
 * it is believed. Saved methods and events of later API versions are authentic, but not about a payment of ours: null.
 */
export function parseWebhook(assertSource: ReturnType<typeof createSourceGuard>, raw: RawWebhook): WebhookEvent | null {
  assertSource(raw.sourceIp)
  const { event, object } = readWebhookBody(envelopeSchema, raw.body)
  if (event.startsWith('payment.')) return readPaymentEvent(event, parseWebhookPart(paymentObjectSchema, object))
  return event.startsWith('refund.') ? readRefundEvent(event, parseWebhookPart(refundObjectSchema, object)) : null
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

const readRefundEvent = (event: string, refund: RefundObject): WebhookEvent => ({
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

/** Where YooKassa sends webhooks from, by its documents (payment-acceptance → webhooks). Configurable, because such lists change. */
export const yookassaWebhookSources: readonly string[] = [
  '185.71.76.0/27',
  '185.71.77.0/27',
  '77.75.153.0/25',
  '77.75.156.11',
  '77.75.156.35',
  '77.75.154.128/25',
  '2a02:5180::/32',
]

type AssertSource = (sourceIp: string) => void

/** Reads the list once; throws, naming the entry, when one is neither an address nor a block. */
export function createSourceGuard(allowed: readonly string[]): AssertSource {
  const blocks = allowed.map(readBlock)
  return (sourceIp) => {
    if (!ipaddr.isValid(sourceIp)) throw new WebhookRejected('the webhook has no readable source address')
    // `process` turns ::ffff:1.2.3.4, which a dual-stack socket reports, into 1.2.3.4.
    const address = ipaddr.process(sourceIp)
    const isAllowed = blocks.some(
      ([network, bits]) => address.kind() === network.kind() && address.match(network, bits),
    )
    if (!isAllowed) throw new WebhookRejected(`the webhook comes from ${address.toString()}, which is not YooKassa's`)
  }
}

function readBlock(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text)
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  } catch (cause) {
    throw new Error(`not an address or a CIDR block: ${JSON.stringify(text.slice(0, 60))}`, { cause })
  }
}
