import { type Given, prepared, sql } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Whether another plan is on sale for as many days as the one that runs, with other limits: a button leads to it then. */
export async function canSwitchPlan({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId): Promise<boolean> {
  return (await findOther(db, { customerId })).length > 0
}

const findOther = prepared((db, { customerId }: Given<{ customerId: CustomerId }>) =>
  db
    .selectFrom('subscriptions as s')
    .innerJoin('plans as now', 'now.id', 's.plan_id')
    .innerJoin('plans as other', 'other.days', 'now.days')
    .select('other.id')
    .where('s.customer_id', '=', customerId)
    .where('s.state', '=', sql.lit('active'))
    .where('s.is_trial', '=', sql.lit(false))
    .where('other.is_active', '=', sql.lit(true))
    .where('other.is_trial', '=', sql.lit(false))
    .whereRef('other.id', '<>', 'now.id')
    .where(
      sql<boolean>`(other.device_limit, other.traffic_limit_bytes) is distinct from (now.device_limit, now.traffic_limit_bytes)`,
    )
    .limit(1),
)
