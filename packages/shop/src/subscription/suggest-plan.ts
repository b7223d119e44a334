import { PlanEntity } from '@vpn-kiosk/db'
import type { CustomerId, Plan, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { toPlan } from '../purchase/list-plans.ts'

/** The plan a customer is most likely to want next: the one they have, or else the first on the price list. Null when nothing is on sale. */
export async function suggestPlan({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId): Promise<Plan | null> {
  const [found] = await db.read<{ id: PlanId }>(statement, [customerId])
  const row = found ? await db.em().findOne(PlanEntity, { id: found.id }) : null
  return row ? toPlan(row) : null
}

const statement = {
  name: 'plan to suggest',
  text: `select p.id from plans p where p.is_active and not p.is_trial
    order by (p.id = (select plan_id from subscriptions where customer_id = $1)) desc nulls last, p.position, p.id limit 1`,
}
