import { PromoBatchEntity, PromoCodeEntity } from '@vpn-kiosk/db'
import type { Id } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

/** Stops all codes that were made together; what they gave stays. */
export async function stopPromoBatch(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: Id<'batch'>,
): Promise<{ readonly kind: 'stopped' | 'unknown' } | Forbidden> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const stoppedAt = deps.clock.now()
    if (!(await em.nativeUpdate(PromoBatchEntity, { id, stoppedAt: null }, { stoppedAt }))) return { kind: 'unknown' }
    await em.nativeUpdate(PromoCodeEntity, { batchId: id, stoppedAt: null }, { stoppedAt })
    await recordAudit(em, { actor: auditedActor(actor), action: 'stop_promos', subject: id }, stoppedAt)
    return { kind: 'stopped' }
  })
}
