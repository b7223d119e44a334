import { type EntityManager, StarSubscriptionEntity } from '@vpn-kiosk/db'
import { addMs, isBefore, starsWaitMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { changeRenewal } from './change-renewal.ts'
import { findRenewalPlan } from './find-renewal-plan.ts'
import type { LockedRenewal } from './lock-renewal.ts'
import { stopRenewal } from './stop-renewal.ts'

/**
 * Telegram does not say that a customer has canceled there, or had no stars: when the paid time is over and the wait too,
 * auto-renewal is off. In the caller's transaction, which has locked everything.
 */
export async function takeStarStep(
  deps: Pick<ShopDeps, 'queue' | 'policy'>,
  em: EntityManager,
  { subscription, isBanned }: LockedRenewal,
  now: Date,
): Promise<'waits' | 'stopped'> {
  const { id: subscriptionId, customerId } = subscription
  const [row] = await em.find(
    StarSubscriptionEntity,
    { customerId, isCanceled: false },
    { orderBy: { paidUntil: 'desc' }, limit: 1 },
  )
  const nextAt = row && addMs(row.paidUntil, starsWaitMs)
  if (nextAt && isBefore(now, nextAt)) {
    await changeRenewal(em, subscriptionId, { nextAt })
    return 'waits'
  }
  if (isBanned) {
    await changeRenewal(em, subscriptionId, { nextAt: null, offReason: 'stars_ended', switchedAt: now })
    return 'waits'
  }
  const plan = await findRenewalPlan(deps, em, { subscriptionId, customerId }, now)
  const what = { customerId, subscriptionId, reason: 'stars_ended', planId: plan?.id ?? null } as const
  await stopRenewal(deps, em, what, now)
  return 'stopped'
}
