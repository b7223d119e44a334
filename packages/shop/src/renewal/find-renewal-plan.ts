import { type EntityManager, PlanEntity } from '@vpn-kiosk/db'
import { type CustomerId, discountPlan, type Plan, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readDiscounts } from '../discount/read-discounts.ts'
import { toPlan } from '../purchase/list-plans.ts'

interface Renewed {
  readonly subscriptionId: SubscriptionId
  readonly customerId: CustomerId
}

/**
 * The plan of the last bought stretch at the price at which it would be renewed, where it is still sold; null also for
 * who only tried.
 */
export async function findRenewalPlan(
  deps: Pick<ShopDeps, 'policy'>,
  em: EntityManager,
  { subscriptionId, customerId }: Renewed,
  now: Date,
): Promise<Plan | null> {
  const bought = await em
    .getKysely()
    .selectFrom('subscription_periods')
    .select('plan_id')
    .where('subscription_id', '=', subscriptionId)
    .where('plan_id', 'is not', null)
    .where('is_trial', '=', false)
    .orderBy('ends_at', 'desc')
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const id = bought?.plan_id
  const row = id ? await em.findOne(PlanEntity, { id, isActive: true, isTrial: false }) : null
  if (!row || row.priceMinor <= 0n) return null
  const discounts = await readDiscounts(deps, em, customerId, now)
  const own = discounts.filter(({ cause }) => cause === 'personal' || cause === 'group')
  return discountPlan(toPlan(row, new Map()), own)
}
