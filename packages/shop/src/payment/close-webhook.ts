import type { Id } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

export type CloseWebhookResult = { readonly kind: 'closed' | 'already_closed' } | Forbidden

/** Notes that somebody has seen to money that belongs to no payment of the shop. Moves none. */
export function closeWebhook(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: Id<'webhook'>,
): Promise<CloseWebhookResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'refund_payments', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const closed = await em
      .getKysely()
      .updateTable('payment_webhooks')
      .set({ handled_at: now })
      .where('id', '=', id)
      .where('handled_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!closed) return { kind: 'already_closed' }
    await recordAudit(em, { actor: auditedActor(actor), action: 'close_webhook', subject: id }, now)
    return { kind: 'closed' }
  })
}
