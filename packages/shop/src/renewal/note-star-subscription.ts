import { type EntityManager, StarChargeEntity, StarSubscriptionEntity } from '@vpn-kiosk/db'
import {
  addDays,
  isBefore,
  type PaymentId,
  type SubscriptionId,
  starSubscription,
  starsWaitDays,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import { activeStars } from '../payment/may-recur.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'
import { queueStarEdit } from './queue-star-edit.ts'
import { turnStarRenewalOn } from './turn-star-renewal-on.ts'

interface Extended {
  readonly id: SubscriptionId
  readonly state: string
}

/**
 * Stars were charged for a subscription, for the first time or again: Telegram renews it from now on, and nothing else
 * does. A charge of one that was canceled is honoured, and Telegram told once more. In the caller's transaction, which has
 * locked the customer's subscription.
 */
export async function noteStarSubscription(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  payment: Pick<StoredPayment, 'id' | 'customerId' | 'amountMinor'>,
  { id: subscriptionId, state }: Extended,
  now: Date,
): Promise<void> {
  const charge = await em.findOne(StarChargeEntity, { paymentId: payment.id })
  if (!charge?.subscriptionId) return
  const paymentId = charge.subscriptionId
  const known = await em.findOne(StarSubscriptionEntity, { paymentId })
  const until = addDays(charge.paidAt, starSubscription.days)
  const paidUntil = known && isBefore(until, known.paidUntil) ? known.paidUntil : until
  const isCanceled = known?.isCanceled ?? (state === 'suspended' || (await hasOther(em, payment.customerId, now)))
  if (known)
    await em.nativeUpdate(
      StarSubscriptionEntity,
      { paymentId },
      { paidUntil, ...(isCanceled && { toldCanceled: false }) },
    )
  else await begin(em, paymentId, payment, { paidUntil, isCanceled, createdAt: now })
  if (isCanceled) return queueStarEdit(deps, em, paymentId)
  const { customerId } = payment
  await extendSubscription(em, { customerId, days: starsWaitDays, key: `stars:${paymentId}`, plan: null }, now)
  await turnStarRenewalOn(em, subscriptionId, { paidUntil, amountMinor: payment.amountMinor }, now)
}

/** Two invoices were paid at once: one subscription is enough. */
const hasOther = async (em: EntityManager, customerId: StoredPayment['customerId'], now: Date): Promise<boolean> =>
  (await em.count(StarSubscriptionEntity, { customerId, ...activeStars(now) })) > 0

const begin = (
  em: EntityManager,
  paymentId: PaymentId,
  { customerId, amountMinor }: Pick<StoredPayment, 'customerId' | 'amountMinor'>,
  standing: { readonly paidUntil: Date; readonly isCanceled: boolean; readonly createdAt: Date },
) => em.insert(StarSubscriptionEntity, { paymentId, customerId, amountMinor, ...standing, toldCanceled: false })
