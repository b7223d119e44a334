import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId, PlanId, RenewalEnd, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { changeRenewal } from './change-renewal.ts'

export interface StoppedRenewal {
  readonly customerId: CustomerId
  readonly subscriptionId: SubscriptionId
  readonly reason: Exclude<RenewalEnd, 'customer'>
  /** What can be bought instead at one tap; null: the customer chooses. */
  readonly planId: PlanId | null
}

/** Switches auto-renewal off for a reason that is not the customer's wish, and says so; in the caller's transaction. */
export async function stopRenewal(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  { customerId, subscriptionId, reason, planId }: StoppedRenewal,
  now: Date,
): Promise<void> {
  await changeRenewal(em, subscriptionId, { nextAt: null, offReason: reason, switchedAt: now })
  const notification = { kind: 'renewal_stopped', reason, planId } as const
  const key = `renewal-stopped:${subscriptionId}:${now.getTime()}`
  await queueNotification(deps, em, { customerId, key, notification }, now)
}
