import { type EntityManager, StarSubscriptionEntity } from '@vpn-kiosk/db'
import { addMs, type CustomerId, isBefore, minuteMs, nextStarsLookAt, starsWaitMs } from '@vpn-kiosk/domain'
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
  const isWaiting = row !== undefined && isBefore(now, addMs(row.paidUntil, starsWaitMs))
  if (isWaiting || (await hasUnsettled(em, customerId))) {
    const nextAt = isWaiting ? nextStarsLookAt(row.paidUntil, now) : addMs(now, minuteMs)
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

/** A charge is known, and about to become a renewal. */
async function hasUnsettled(em: EntityManager, customerId: CustomerId): Promise<boolean> {
  const found = await em
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('star_charges as c', 'c.payment_id', 'p.id')
    .select('p.id')
    .where('p.customer_id', '=', customerId)
    .where('p.state', '=', 'pending')
    .where('c.refunded_at', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}
