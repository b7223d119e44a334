import { type EntityManager, PlanEntity, type PlanRow } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'

/** The plan of the last bought stretch, where it is still sold; null also for who only tried. */
export async function findRenewalPlan(em: EntityManager, subscriptionId: SubscriptionId): Promise<PlanRow | null> {
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
  const plan = id ? await em.findOne(PlanEntity, { id, isActive: true, isTrial: false }) : null
  return plan && plan.priceMinor > 0n ? plan : null
}
