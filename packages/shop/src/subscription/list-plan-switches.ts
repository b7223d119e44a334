import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type FoundPlanSwitches, findPlanSwitches, type PlanSwitch } from './find-plan-switches.ts'
import { findSubscription, readQueue } from './stretch-queue.ts'

export type PlanSwitchList = Omit<FoundPlanSwitches, 'switches'> & { readonly switches: readonly PlanSwitch[] }

/** What a customer's time could be changed to now; nothing is changed. Null when no plan of the shop runs. */
export async function listPlanSwitches(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
): Promise<PlanSwitchList | null> {
  const em = db.em()
  const now = clock.now()
  const row = await em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  const subscription = row ? await findSubscription(em, row.id) : null
  if (!subscription) return null
  return findPlanSwitches(em, (await readQueue(em, subscription, now)).stretches, now)
}
