import { CustomerEntity, type EntityManager, LockMode } from '@vpn-kiosk/db'
import { type CustomerId, giftActivationPosting, isBefore } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { announceWhenReady } from '../notification/announce-when-ready.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { checkRoom } from '../purchase/check-room.ts'
import { acceptInvitation } from '../referral/accept-invitation.ts'
import { type Extended, extendSubscription } from '../subscription/extend-subscription.ts'
import { type ClosedGift, findGift } from './find-gift.ts'
import { closeGift, type LockedGift, lockGift } from './lock-gift.ts'

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault' | 'policy' | 'checkpoint'>

export type ActivateGiftResult =
  | { readonly kind: 'activated'; readonly days: number; readonly endsAt: Date | null }
  /** Nobody would be served now: the gift waits for a better day. */
  | { readonly kind: 'no_room' | 'banned' }
  | ClosedGift

/**
 * Gives whoever presses first the time of a gift, once: by the rules of a purchase, to a giver who takes it for oneself
 * as well. Whoever is new and comes by it was invited by its giver.
 */
export async function activateGift(deps: Deps, customerId: CustomerId, code: string): Promise<ActivateGiftResult> {
  const gift = await findGift(deps, customerId, code)
  if (gift.kind !== 'waiting') return gift
  if ((await checkRoom(deps, customerId)) === 'closed') return { kind: 'no_room' }
  if (!gift.isOwn && !gift.isBanned) await acceptInvitation(deps, customerId, gift.giverCode)
  deps.checkpoint('gift:invited')
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const locked = await lockGift(em, gift.id)
    if (!locked) return { kind: 'unknown' }
    const closed = closedOf(locked, customerId, now)
    if (closed) return closed
    const recipient = await em.findOneOrFail(
      CustomerEntity,
      { id: customerId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    )
    if (recipient.bannedAt) return { kind: 'banned' }
    const extended = await give(deps, em, locked, customerId, now)
    const { firstName: recipientName } = recipient
    const notification = { kind: 'gift_activated', giftId: locked.id, recipientName } as const
    const request = { customerId: locked.giverId, key: `gift_activated:${locked.id}`, notification }
    if (locked.giverId !== customerId) await queueNotification(deps, em, request, now)
    deps.checkpoint('gift:before-commit')
    return { kind: 'activated', days: locked.days, endsAt: extended.subscription.endsAt }
  })
}

function closedOf(gift: LockedGift, customerId: CustomerId, now: Date): ClosedGift | null {
  if (gift.state === 'activated') return { kind: gift.recipientId === customerId ? 'yours' : 'taken' }
  if (gift.state !== 'waiting') return { kind: gift.state }
  if (gift.isBeingRefunded) return { kind: 'refunded' }
  return isBefore(now, gift.endsAt) ? null : { kind: 'returned' }
}

/** The time, its place in the books, and the key, which is told as after a purchase. */
async function give(
  deps: Deps,
  em: EntityManager,
  gift: LockedGift,
  customerId: CustomerId,
  now: Date,
): Promise<Extended> {
  const { days, planId, deviceLimit, trafficLimitBytes } = gift
  // The payment is what this time was bought with: revenue and a refund find the stretch by it.
  const key = `payment:${gift.paymentId}`
  const plan = { id: planId, isTrial: false, deviceLimit, trafficLimitBytes }
  await closeGift(em, gift, 'activated', { at: now, recipientId: customerId })
  const extended = await extendSubscription(em, { customerId, days, key, plan }, now)
  if (!extended) throw new Error(`${gift.paymentId} was granted before its gift was activated`)
  await oweAsTime(em, gift, now)
  const { subscription, wasRunning } = extended
  await requestAccessUnderLock(deps, em, subscription.id, now)
  const notification = wasRunning
    ? ({ kind: 'renewed', subscriptionId: subscription.id, days } as const)
    : ({ kind: 'key_ready', subscriptionId: subscription.id, reason: 'gift' } as const)
  const request = { customerId, key: `gift:${gift.id}`, notification, subscriptionId: subscription.id }
  await announceWhenReady(deps, em, request, now)
  return extended
}

/** What was paid is revenue as the recipient's time passes. */
async function oweAsTime(em: EntityManager, { id, paymentId, value }: LockedGift, now: Date): Promise<void> {
  const posting = { key: `gift_activated:${id}`, entries: giftActivationPosting(value) }
  await writePosting(em, { paymentId, at: now, posting })
  await em
    .getKysely()
    .updateTable('sales')
    .set({ deferred_minor: value.minor })
    .where('payment_id', '=', paymentId)
    .execute()
}
