import type { Id, PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { matchPayment } from './match-payment.ts'

export type ReplayWebhookResult =
  /** The provider is asked about the payment again. */
  | { readonly kind: 'replayed'; readonly paymentId: PaymentId }
  /** It still fits no payment of ours; the provider is asked whether it is about money. */
  | { readonly kind: 'no_payment' }
  | { readonly kind: 'unknown_webhook' }
  | Forbidden

/** Works on a stored webhook again, as if it had just come. Safe to repeat: what it says is asked from the provider. */
export function replayWebhook(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'queue'>,
  actor: Actor,
  id: Id<'webhook'>,
): Promise<ReplayWebhookResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'see_payments', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const webhook = await em
      .getKysely()
      .selectFrom('payment_webhooks')
      .select(['provider', 'reference', 'payment_id', 'key'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!webhook) return { kind: 'unknown_webhook' }
    await recordAudit(em, { actor: auditedActor(actor), action: 'replay_webhook', subject: id }, now)
    const { provider, reference, payment_id: echoed, key } = webhook
    const paymentId = await matchPayment(em, { provider, reference, paymentId: echoed }, now)
    const transaction = em.getTransactionContext()
    if (!paymentId) {
      await deps.queue.enqueue('inspect-webhook', { webhookId: id }, { transaction, key: id })
      return { kind: 'no_payment' }
    }
    await em.getKysely().updateTable('payment_webhooks').set({ handled_at: now }).where('id', '=', id).execute()
    // The settlement reads refunds too; of a settled payment only what was given back can be news.
    await deps.queue.enqueue('settle-payment', { paymentId }, { transaction, key: paymentId })
    if (/refund/.test(key)) await deps.queue.enqueue('inspect-refund', { paymentId }, { transaction, key: paymentId })
    return { kind: 'replayed', paymentId }
  })
}
