import { type EntityManager, type Given, prepared } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

export type ActivityKind = 'start' | 'trial' | 'checkout' | 'paid' | 'top_up' | 'ticket' | 'plan_switched' | 'frozen'

/** Notes what a customer did, for analytics; in the caller's transaction. */
export async function recordActivity(
  em: EntityManager,
  customerId: CustomerId,
  kind: ActivityKind,
  at: Date,
): Promise<void> {
  await insertActivity(em, { customerId, kind, at })
}

const insertActivity = prepared(
  (db, { customerId, kind, at }: Given<{ customerId: CustomerId; kind: ActivityKind; at: Date }>) =>
    db.insertInto('activities').values({ customer_id: customerId, kind, at }),
)
