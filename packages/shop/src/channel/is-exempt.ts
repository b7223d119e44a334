import { sql } from '@vpn-kiosk/db'

/** SQL: the customer `c` has paid, or has time that is no trial: no channel is asked of them. */
export const isExempt = sql<boolean>`(
  exists (select from payments p where p.customer_id = c.id and p.state = 'paid')
  or exists (select from subscriptions s where s.customer_id = c.id and not s.is_trial and s.state in ('active', 'suspended')))`
