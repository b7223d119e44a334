import { type EntityManager, RenewalEntity, SubscriptionEntity } from '@vpn-kiosk/db'
import { type CustomerId, renewalSchedule, renewalSteps } from '@vpn-kiosk/domain'

const tries = renewalSteps.filter((step) => renewalSchedule[step].does === 'charge')

/**
 * Money has come to the balance: a try that failed for want of it is made again at once. A card is tried on its schedule
 * alone, whatever the balance has. In the caller's transaction.
 */
export async function hastenRenewal(em: EntityManager, customerId: CustomerId, now: Date): Promise<void> {
  const subscription = await em.findOne(SubscriptionEntity, { customerId }, { fields: ['id'] })
  if (!subscription) return
  const failed = {
    subscriptionId: subscription.id,
    source: 'balance' as const,
    nextAt: { $ne: null },
    doneStep: { $in: tries },
  }
  await em.nativeUpdate(RenewalEntity, failed, { nextAt: now, doneStep: 'announce_1d' })
}
