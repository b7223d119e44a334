import { PromoCodeEntity } from '@vpn-kiosk/db'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

/** Stops a code: nobody redeems it any more; what it gave stays. */
export async function stopPromo(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  code: string,
): Promise<{ readonly kind: 'stopped' | 'unknown' } | Forbidden> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const now = deps.clock.now()
    const stopped = await em.nativeUpdate(PromoCodeEntity, { code, stoppedAt: null }, { stoppedAt: now })
    if (!stopped) return { kind: 'unknown' }
    await recordAudit(em, { actor: auditedActor(actor), action: 'stop_promo', subject: code }, now)
    return { kind: 'stopped' }
  })
}
