import {
  CustomerEntity,
  type EntityManager,
  GiftEntity,
  NotificationEntity,
  type NotificationRow,
  RenewalEntity,
  SubscriptionEntity,
} from '@vpn-kiosk/db'
import {
  addMs,
  type Customer,
  type CustomerId,
  type CustomerNotification,
  expiryReminders,
  type Id,
  isBefore,
  isWanted,
  notificationSwitch,
  reminderLeadMs,
  standingOf,
} from '@vpn-kiosk/domain'
import { toCustomer } from '../customer/recognize-customer.ts'
import type { ShopDeps } from '../deps.ts'

export interface NotificationToSend {
  readonly customer: Customer
  readonly notification: CustomerNotification
}

/**
 * What to tell and to whom; null when it was told already, or is outdated from now on: it is not true any more (it
 * waited while a bot was away), or the customer switched its kind off.
 */
export async function checkNotification(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  id: string,
): Promise<NotificationToSend | null> {
  const em = db.em()
  const row = await em.findOne(NotificationEntity, { id: id as Id<'notification'>, state: 'queued' })
  if (!row) return null
  const customer = await em.findOneOrFail(CustomerEntity, { id: row.customerId })
  const which = notificationSwitch[row.content.kind]
  const isAsked = which === 'always' || isWanted(customer.notifications, which)
  if (!isAsked || !(await isStillTrue(em, row, clock.now()))) {
    await em.nativeUpdate(NotificationEntity, { id: row.id, state: 'queued' }, { state: 'outdated' })
    return null
  }
  return { customer: toCustomer(customer), notification: row.content }
}

/** Kinds that speak of the present. */
const changing = [
  'expiring',
  'expired',
  'trial_ended',
  'win_back',
  'traffic_low',
  'traffic_used_up',
  'devices_over_limit',
  'trial_held',
  'trial_resumed',
  'freeze_ended',
  'grace_started',
] as const satisfies readonly CustomerNotification['kind'][]

/** Facts of the past stay true; how a subscription stands may have changed since the notification was queued. */
async function isStillTrue(
  em: EntityManager,
  { key, customerId, content: notification }: NotificationRow,
  now: Date,
): Promise<boolean> {
  const { kind } = notification
  if (kind === 'preparing')
    return (await em.count(NotificationEntity, { key: key.slice('preparing:'.length), state: 'held' })) > 0
  if (kind === 'renewal_announced' || kind === 'renewal_failed') return isStillRenewed(em, key, customerId)
  if (kind === 'gift_ends_soon') return (await em.count(GiftEntity, { id: notification.giftId, state: 'waiting' })) > 0
  if (!(changing as readonly string[]).includes(kind)) return true
  const subscription = await em.findOne(SubscriptionEntity, { customerId })
  if (!subscription) return false
  const standing = standingOf(subscription, now)
  if (kind === 'expired' || kind === 'trial_ended' || kind === 'win_back') return standing === 'expired'
  if (kind === 'traffic_low') return standing === 'active' && key.includes(`:${subscription.stretchId ?? ''}`)
  if (kind === 'traffic_used_up') return standing === kind
  if (kind === 'trial_held') return standing === 'held'
  if (kind === 'trial_resumed' || kind === 'freeze_ended') return standing === 'active'
  if (kind === 'devices_over_limit') return subscription.surplusClosesAt !== null
  const isSameEnd = key.endsWith(`:${subscription.endsAt?.getTime()}`)
  return (
    isSameEnd &&
    (standing === 'active' || standing === 'traffic_used_up') &&
    !isOvertaken(notification, subscription.endsAt, now)
  )
}

/** Auto-renewal is on, and goes on towards the same end. */
async function isStillRenewed(em: EntityManager, key: string, customerId: CustomerId): Promise<boolean> {
  const subscription = await em.findOne(SubscriptionEntity, { customerId })
  const renewal = subscription && (await em.findOne(RenewalEntity, { subscriptionId: subscription.id }))
  return renewal?.nextAt != null && key.endsWith(`:${subscription?.endsAt?.getTime()}`)
}

/** Its turn came so late that the next reminder is due: "in 3 days" would be said hours before the end. */
function isOvertaken(notification: CustomerNotification, endsAt: Date | null, now: Date): boolean {
  if (notification.kind !== 'expiring') return false
  const nearer = expiryReminders[expiryReminders.indexOf(notification.before) + 1]
  return nearer !== undefined && endsAt !== null && !isBefore(addMs(now, reminderLeadMs[nearer]), endsAt)
}
