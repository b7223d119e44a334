import { type Given, PlanEntity, prepared, sql } from '@vpn-kiosk/db'
import type { CustomerId, Plan } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { priceForCustomer } from '../discount/price-for-customer.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'
import { toPlan } from '../purchase/list-plans.ts'

/**
 * The plan a customer is most likely to want next, at the customer's own price: the one they have, or else the first on
 * the price list. Null when nothing is on sale.
 */
export async function suggestPlan(
  { db, clock, policy }: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  customerId: CustomerId,
): Promise<Plan | null> {
  const [found] = await findPlan(db, { customerId })
  const em = db.em()
  const row = found ? await em.findOne(PlanEntity, { id: found.id }) : null
  if (!row) return null
  const listed = toPlan(row, await readOtherPrices(em, [row]))
  const [plan] = await priceForCustomer({ policy }, em, customerId, [listed], clock.now())
  return plan
}

const findPlan = prepared((db, { customerId }: Given<{ customerId: CustomerId }>) =>
  db
    .selectFrom('plans as p')
    .select('p.id')
    .where('p.is_active', '=', sql.lit(true))
    .where('p.is_trial', '=', sql.lit(false))
    .orderBy(
      (eb) => eb('p.id', '=', eb.selectFrom('subscriptions').select('plan_id').where('customer_id', '=', customerId)),
      (order) => order.desc().nullsLast(),
    )
    .orderBy('p.position')
    .orderBy('p.id')
    .limit(1),
)
