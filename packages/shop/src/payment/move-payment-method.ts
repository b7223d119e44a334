import { sql } from '@vpn-kiosk/db'
import type { MethodId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { remember } from '../setting/remember.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { isMethod, listMethodIds, methodsKey, readMethods } from './read-methods.ts'

export type MovePaymentMethodResult = { readonly kind: 'moved' | 'unchanged' | 'unknown_method' } | Forbidden

/** Puts a way to pay at this place of the list that customers see, 0 is the first. Asked twice, it stays there. */
export async function movePaymentMethod(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'providers'>,
  actor: Actor,
  method: MethodId,
  place: number,
): Promise<MovePaymentMethodResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    if (!isMethod(method, deps.providers)) return { kind: 'unknown_method' }
    await sql`select pg_advisory_xact_lock(hashtext(${methodsKey}))`.execute(em.getKysely())
    const kept = await readMethods(deps, em)
    const before = listMethodIds(kept, deps.providers)
    const after = before.filter((one) => one !== method)
    after.splice(Math.max(0, place), 0, method)
    if (after.every((one, at) => one === before[at])) return { kind: 'unchanged' }
    await remember(deps, methodsKey, { ...kept, order: after }, em)
    const note = { actor: auditedActor(actor), action: 'move_payment_method', subject: `method:${method}` }
    await recordAudit(em, { ...note, before: { order: before }, after: { order: after } }, deps.clock.now())
    return { kind: 'moved' }
  })
}
