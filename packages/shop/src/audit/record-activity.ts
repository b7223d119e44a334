import { ActivityEntity, type EntityManager } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

export type ActivityKind = 'start' | 'trial' | 'checkout' | 'paid' | 'ticket'

/** Notes what a customer did, for analytics; in the caller's transaction. */
export async function recordActivity(
  em: EntityManager,
  customerId: CustomerId,
  kind: ActivityKind,
  at: Date,
): Promise<void> {
  await em.insert(ActivityEntity, { customerId, kind, at })
}
