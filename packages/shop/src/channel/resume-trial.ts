import { SubscriptionEntity } from '@vpn-kiosk/db'
import { type CustomerId, isBefore } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { lockOrCreateSubscription } from '../subscription/stretch-queue.ts'

export type ResumeTrialDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

/**
 * The customer is in the required channels again: a trial that was held resumes with the time that is left of it, and the
 * customer is told. False when none was held.
 */
export async function resumeTrial(deps: ResumeTrialDeps, customerId: CustomerId): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const { subscription } = await lockOrCreateSubscription(em, customerId, now)
    if (subscription.state !== 'held') return false
    const isRunning = subscription.endsAt !== null && isBefore(now, subscription.endsAt)
    await em.nativeUpdate(
      SubscriptionEntity,
      { id: subscription.id, state: 'held' },
      { state: isRunning ? 'active' : 'expired' },
    )
    if (!isRunning) return false
    await requestAccess(deps, em, subscription.id, now)
    const notification = { kind: 'trial_resumed', subscriptionId: subscription.id } as const
    const key = `trial_resumed:${subscription.id}:${now.getTime()}`
    await queueNotification(deps, em, { customerId, key, notification }, now)
    return true
  })
}
