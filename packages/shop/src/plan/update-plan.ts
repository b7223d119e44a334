import { LockMode, PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import { type Money, money, moneyToDecimal, type PlanId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { auditedPlan } from './audited-plan.ts'
import {
  checkPlan,
  gigabyte,
  type InvalidPlan,
  type PlanDraft,
  type PlanValues,
  tidyTitle,
  writePrices,
} from './plan-draft.ts'
import { readOtherPrices } from './read-other-prices.ts'
import { storePrices } from './store-prices.ts'

export type PlanChange = Partial<Omit<PlanDraft, 'code' | 'currency'>>

export type UpdatePlanResult =
  | { readonly kind: 'updated' | 'unchanged' }
  | { readonly kind: 'unknown_plan' }
  /** Another has changed what `was` names. */
  | { readonly kind: 'changed_meanwhile' }
  | InvalidPlan
  | Forbidden

/**
 * Changes what is sold from now on; what was bought keeps the limits it was bought with, and an open invoice its price.
 * The trial's own size is a plan too, whose price stays nothing. `was` is what the writer saw: where it is another by
 * now, nothing is changed.
 */
export async function updatePlan(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: PlanId,
  change: PlanChange,
  was: PlanChange = {},
): Promise<UpdatePlanResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    const row = await em.findOne(PlanEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (!row) return { kind: 'unknown_plan' }
    const otherPrices = (await readOtherPrices(em, [row])).get(id) ?? []
    const draft = draftOf(row, otherPrices)
    if (!isStill(draft, was)) return { kind: 'changed_meanwhile' }
    const checked = checkPlan({ ...draft, ...change }, row)
    if ('kind' in checked) return checked
    // A size that is no whole number of gigabytes stays as it is until it is changed.
    const values =
      change.trafficGigabytes === undefined ? { ...checked, trafficLimitBytes: row.trafficLimitBytes } : checked
    const before = auditedPlan(valuesOf(row, otherPrices))
    const after = auditedPlan(values)
    if (JSON.stringify(before) === JSON.stringify(after)) return { kind: 'unchanged' }
    const { otherPrices: prices, ...columns } = values
    await em.nativeUpdate(PlanEntity, { id }, columns)
    if (change.otherPrices) await storePrices(em, id, prices)
    const note = { actor: auditedActor(actor), action: 'update_plan', subject: id, before, after }
    await recordAudit(em, note, deps.clock.now())
    return { kind: 'updated' }
  })
}

function isStill(draft: PlanDraft, { title, otherPrices, ...was }: PlanChange): boolean {
  const isSameTitle = !title || JSON.stringify(tidyTitle(title)) === JSON.stringify(tidyTitle(draft.title))
  const arePricesSame = !otherPrices || JSON.stringify(otherPrices) === JSON.stringify(draft.otherPrices)
  return (
    isSameTitle &&
    arePricesSame &&
    Object.entries(was).every(([field, value]) => draft[field as keyof PlanDraft] === value)
  )
}

const draftOf = (row: PlanRow, otherPrices: readonly Money[]): PlanDraft => ({
  code: row.code,
  title: row.title,
  days: row.days,
  price: moneyToDecimal(money(row.priceMinor, row.currency)),
  currency: row.currency,
  otherPrices: writePrices(otherPrices),
  trafficGigabytes: row.trafficLimitBytes === null ? null : Number(row.trafficLimitBytes / gigabyte) || 1,
  devices: row.deviceLimit,
  isActive: row.isActive,
  isPopular: row.isPopular,
  position: row.position,
})

const valuesOf = (row: PlanRow, otherPrices: readonly Money[]): PlanValues => ({
  code: row.code,
  title: tidyTitle(row.title),
  days: row.days,
  priceMinor: row.priceMinor,
  currency: row.currency,
  otherPrices,
  trafficLimitBytes: row.trafficLimitBytes,
  deviceLimit: row.deviceLimit,
  isActive: row.isActive,
  isPopular: row.isPopular,
  position: row.position,
})
