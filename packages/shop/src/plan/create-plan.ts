import { PlanEntity, sql } from '@vpn-kiosk/db'
import { newId, type PlanId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { auditedPlan } from './audited-plan.ts'
import { checkPlan, type InvalidPlan, type PlanDraft } from './plan-draft.ts'
import { storePrices } from './store-prices.ts'

export type CreatePlanResult =
  | { readonly kind: 'created'; readonly planId: PlanId }
  | { readonly kind: 'code_taken' }
  | InvalidPlan
  | Forbidden

/** Puts one more plan on sale (or beside it, when it is not active). A code that exists is refused: a double tap makes one plan. */
export async function createPlan(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  draft: PlanDraft,
): Promise<CreatePlanResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const values = checkPlan(draft, { isTrial: false })
    if ('kind' in values) return values
    const now = deps.clock.now()
    await sql`select pg_advisory_xact_lock(hashtext(${`plan:${values.code}`}))`.execute(em.getKysely())
    if (await em.count(PlanEntity, { code: values.code })) return { kind: 'code_taken' }
    const planId = newId('plan')
    const { otherPrices, ...columns } = values
    await em.insert(PlanEntity, { ...columns, id: planId, isTrial: false, createdAt: now })
    await storePrices(em, planId, otherPrices)
    const note = { actor: auditedActor(actor), action: 'create_plan', subject: planId, after: auditedPlan(values) }
    await recordAudit(em, note, now)
    return { kind: 'created', planId }
  })
}
