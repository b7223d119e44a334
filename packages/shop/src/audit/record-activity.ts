import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

export type ActivityKind = 'start' | 'trial' | 'checkout' | 'paid' | 'ticket'

/** Notes what a customer did, for analytics; in the caller's transaction. */
export async function recordActivity(
  em: EntityManager,
  customerId: CustomerId,
  kind: ActivityKind,
  at: Date,
): Promise<void> {
  await runStatement(em, 'insert into activities (customer_id, kind, at) values ($1, $2, $3)', [customerId, kind, at])
}
