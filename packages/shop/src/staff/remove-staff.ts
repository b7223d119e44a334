import { StaffEntity } from '@vpn-kiosk/db'
import type { Id } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from './audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from './has-permission.ts'

export type RemoveStaffResult = { readonly kind: 'removed' | 'unknown_staff' } | Forbidden

/** Takes a person's role away: their next press is a stranger's. */
export async function removeStaff(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: Id<'staff'>,
): Promise<RemoveStaffResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_staff', em))) return { kind: 'forbidden' }
    const row = await em.findOne(StaffEntity, { id })
    if (!row) return { kind: 'unknown_staff' }
    await em.getKysely().updateTable('tickets').set({ assignee_id: null }).where('assignee_id', '=', id).execute()
    await em.nativeDelete(StaffEntity, { id })
    const before = { telegramId: String(row.telegramId), name: row.name, role: row.role }
    await recordAudit(em, { actor: auditedActor(actor), action: 'remove_staff', subject: id, before }, deps.clock.now())
    return { kind: 'removed' }
  })
}
