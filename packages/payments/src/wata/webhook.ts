import { type KeyObject, verify } from 'node:crypto'
import type { Clock, RawWebhook, WebhookEvent } from '@vpn-kiosk/domain'
import { addMs, hourMs, isBefore, minuteMs, ProviderUnreachable, WebhookRejected } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { excerptOf } from '../excerpt.ts'
import { looseField, textOf } from '../loose-text.ts'
import { assertWebhookSize, readWebhookBody } from '../read-webhook-body.ts'
import { shareInFlight } from '../share-in-flight.ts'
import { referenceSchema } from './invoice-object.ts'
import { readPaymentId } from './status.ts'

const idSchema = z.string().regex(/^[0-9A-Za-z-]{1,64}$/)
const wordSchema = z.string().regex(/^[A-Za-z_]{1,40}$/)

/** The documents call the transaction's id both `transactionId` and `id`. */
const notificationSchema = z
  .looseObject({
    transactionId: idSchema.nullish(),
    id: idSchema.nullish(),
    transactionStatus: wordSchema,
    kind: wordSchema.nullish(),
    orderId: looseField,
    amount: looseField,
    currency: looseField,
    errorCode: looseField,
  })
  .refine(({ transactionId, id }) => transactionId ?? id, 'no id of a transaction')

/** Verifies before it parses. A transaction of no order was made by hand in Wata's cabinet: null. */
export async function parseWebhook(keys: WebhookKeys, raw: RawWebhook): Promise<WebhookEvent | null> {
  assertWebhookSize(raw.body)
  await keys.assertSigned(raw.body, raw.headers['x-signature'])
  const told = readWebhookBody(notificationSchema, raw.body)
  const { data: reference } = referenceSchema.safeParse(told.orderId)
  if (reference === undefined) return null
  const kind = told.kind ?? 'Payment'
  const transaction = told.transactionId ?? told.id
  const paymentId = readPaymentId(reference)
  return {
    about: kind === 'Refund' ? 'refund' : 'payment',
    reference,
    paymentId,
    key: `${kind}.${told.transactionStatus}:${reference}:${transaction}`,
    summary: {
      event: `${kind} ${told.transactionStatus}`,
      transaction,
      amount: excerptOf(textOf(told.amount)),
      currency: excerptOf(textOf(told.currency)),
      error: excerptOf(textOf(told.errorCode)) || null,
      paymentId,
    },
  }
}

export interface WebhookKeys {
  /** Throws `WebhookRejected`, or `ProviderUnreachable` when there is no key to compare with: the webhook is then repeated. */
  assertSigned(body: Uint8Array, signature: string | undefined): Promise<void>
}

const keptMs = 6 * hourMs
/** A flood of forged webhooks asks for the key no more often than this; one that never came is asked for sooner. */
const restMs = minuteMs
const shortRestMs = 5000

/** RSA PKCS#1 v1.5 with SHA-512 over the raw body. A signature that does not fit may be of a newer key, asked for once. */
export function createWebhookKeys(fetchKey: () => Promise<KeyObject>, clock: Clock): WebhookKeys {
  const held: { key: KeyObject | null; fetchedAt: Date | null; askedAt: Date | null } = {
    key: null,
    fetchedAt: null,
    askedAt: null,
  }
  const isOver = (since: Date | null, ms: number) => since === null || !isBefore(clock.now(), addMs(since, ms))
  const renew = shareInFlight(
    () => 'key',
    async (_: null) => {
      try {
        held.key = await fetchKey()
        held.fetchedAt = clock.now()
      } finally {
        held.askedAt = clock.now()
      }
    },
  )
  const isSigned = (body: Uint8Array, signature: Uint8Array) =>
    held.key !== null && verify('RSA-SHA512', body, held.key, signature)

  return {
    assertSigned: async (body, signature = '') => {
      if (!/^[A-Za-z0-9+/]{100,2000}={0,2}$/.test(signature))
        throw new WebhookRejected('the webhook carries no signature of the kind')
      const bytes = Buffer.from(signature, 'base64')
      if (held.key === null && !isOver(held.askedAt, shortRestMs))
        throw new ProviderUnreachable('wata gave no public key a moment ago')
      if (held.key === null) await renew(null)
      // An old key is better than none.
      else if (isOver(held.fetchedAt, keptMs) && isOver(held.askedAt, restMs)) await renew(null).catch(() => undefined)
      if (isSigned(body, bytes)) return
      if (isOver(held.askedAt, restMs)) await renew(null)
      if (!isSigned(body, bytes)) throw new WebhookRejected('the signature does not fit the webhook')
    },
  }
}
