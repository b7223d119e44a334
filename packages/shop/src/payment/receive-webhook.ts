import { type EntityManager, sql, toJson } from '@vpn-kiosk/db'
import {
  newId,
  type PaymentId,
  type ProviderId,
  type RawWebhook,
  type WebhookEvent,
  WebhookRejected,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { matchPayment } from './match-payment.ts'

export type ReceiveWebhookDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'providers' | 'checkpoint'>

export type ReceiveWebhookResult =
  | { readonly kind: 'stored' }
  /** Authentic and of no interest, known already, or about a payment that is not ours: answered 200 so that it is not repeated. */
  | { readonly kind: 'ignored'; readonly why: 'not_a_payment' | 'repeated' | 'unknown_payment' }
  | { readonly kind: 'rejected'; readonly why: string }
  | { readonly kind: 'unknown_provider' }

/**
 * Takes in a webhook. Returns only after it is stored and its work is queued; the caller may then answer 200.
 * Nothing in a webhook is believed but which payment to ask about. One that fits no payment is looked into: no money that a
 * provider holds for the shop is filed away unread.
 */
export async function receiveWebhook(
  deps: ReceiveWebhookDeps,
  providerId: ProviderId,
  raw: RawWebhook,
): Promise<ReceiveWebhookResult> {
  const provider = deps.providers.get(providerId)
  if (!provider) return { kind: 'unknown_provider' }
  let webhook: WebhookEvent | null
  try {
    webhook = await provider.parseWebhook(raw)
  } catch (error) {
    if (error instanceof WebhookRejected) return { kind: 'rejected', why: error.message }
    throw error
  }
  if (!webhook) return { kind: 'ignored', why: 'not_a_payment' }
  if (![webhook.key, webhook.reference].every(isStorable)) return { kind: 'rejected', why: 'an id that cannot be one' }
  return storeWebhook(deps, providerId, webhook)
}

/** Puts a verified webhook into the inbox and queues its work, in one transaction. */
export async function storeWebhook(
  deps: ReceiveWebhookDeps,
  provider: ProviderId,
  webhook: WebhookEvent,
): Promise<ReceiveWebhookResult> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { reference, paymentId: echoed } = webhook
    const paymentId = await matchPayment(em, { provider, reference, paymentId: echoed }, now)
    const kept = await keep(em, provider, webhook, { now, isHandled: paymentId !== null })
    await enqueueWork(deps, em, { about: webhook.about, paymentId, webhookId: kept.id })
    if (!paymentId) return { kind: 'ignored', why: 'unknown_payment' }
    return kept.isNew ? { kind: 'stored' } : { kind: 'ignored', why: 'repeated' }
  })
}

interface Work {
  readonly about: WebhookEvent['about']
  readonly paymentId: PaymentId | null
  readonly webhookId: string
}

/** A repetition is worked on again: the first one's job may be the one that was lost. */
async function enqueueWork(deps: ReceiveWebhookDeps, em: EntityManager, work: Work): Promise<void> {
  const { about, paymentId, webhookId } = work
  const transaction = em.getTransactionContext()
  if (!paymentId) return deps.queue.enqueue('inspect-webhook', { webhookId }, { transaction, key: webhookId })
  const name = about === 'refund' ? 'inspect-refund' : 'settle-payment'
  await deps.queue.enqueue(name, { paymentId }, { transaction, key: paymentId })
}

/** Puts a webhook into the inbox, once by its key. One that is of use at last is then handled. */
async function keep(
  em: EntityManager,
  provider: ProviderId,
  webhook: WebhookEvent,
  { now, isHandled }: { readonly now: Date; readonly isHandled: boolean },
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const { key, reference, paymentId, summary } = webhook
  const id = newId('webhook')
  const handledAt = isHandled ? now : null
  const kept = await em
    .getKysely()
    .insertInto('payment_webhooks')
    .values({
      id,
      provider,
      key,
      reference,
      payment_id: paymentId,
      summary: toJson(summary),
      received_at: now,
      handled_at: handledAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['provider', 'key'])
        .doUpdateSet({ handled_at: sql<Date | null>`coalesce(payment_webhooks.handled_at, ${handledAt})` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: kept.id, isNew: kept.id === id }
}

/** An id of a provider is a short printable word. */
const isStorable = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text)
