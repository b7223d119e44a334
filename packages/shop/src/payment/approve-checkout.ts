import {
  CustomerEntity,
  type EntityManager,
  OrderEntity,
  PaymentEntity,
  type PaymentRow,
  PeriodEntity,
  StarSubscriptionEntity,
} from '@vpn-kiosk/db'
import {
  addDays,
  addMs,
  type Id,
  isBefore,
  isId,
  type PaymentId,
  starSubscription,
  starsWaitMs,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { activeStars } from './may-recur.ts'

/** What Telegram asks about before it takes stars. Nothing of it is believed. */
export interface Checkout {
  /** The invoice's payload. */
  readonly payload: string
  readonly payerId: bigint
  readonly currency: string
  readonly amount: bigint
}

export type ApproveCheckoutResult =
  | { readonly kind: 'approved' }
  | { readonly kind: 'unknown' }
  /** Paid already: another payment of it would be one too many. */
  | { readonly kind: 'paid' }
  /** It ran out, was canceled, or asks for another amount today. */
  | { readonly kind: 'over' }
  /** Stars are charged for a subscription of this customer already. */
  | { readonly kind: 'subscribed' }
  /** The invoice of somebody else: stars would go back to whoever paid. */
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'banned' }

/** Whether an invoice in stars may be paid now: the last moment in which the shop can say no. */
export async function approveCheckout(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { payload, payerId, currency, amount }: Checkout,
): Promise<ApproveCheckoutResult> {
  if (!isId('payment', payload)) return { kind: 'unknown' }
  const em = db.em()
  const payment = await em.findOne(PaymentEntity, { id: payload, provider: 'stars' })
  if (!payment) return { kind: 'unknown' }
  const customer = await em.findOneOrFail(CustomerEntity, { id: payment.customerId })
  if (customer.telegramId !== payerId) return { kind: 'not_yours' }
  if (customer.bannedAt) return { kind: 'banned' }
  // Telegram may ask again before it charges a subscription for the next time, and does not always.
  const isAsked = currency === payment.currency && amount === payment.amountMinor
  if (isAsked && (await isDueAgain(em, payment.id, clock.now()))) return { kind: 'approved' }
  if (payment.state === 'paid' || payment.state === 'refunded') return { kind: 'paid' }
  // Bought by another of its invoices, and this one is not closed yet.
  const order = await em.findOneOrFail(OrderEntity, { id: payment.orderId })
  if (order.state === 'paid') return { kind: 'paid' }
  const isOpen = payment.state === 'created' || payment.state === 'pending'
  if (isOpen && isAsked && (await isSecond(em, payment, clock.now()))) return { kind: 'subscribed' }
  if (order.addonPeriodId && !(await runsYet(em, order.addonPeriodId, clock.now()))) return { kind: 'over' }
  return isOpen && isAsked && isBefore(clock.now(), payment.expiresAt) ? { kind: 'approved' } : { kind: 'over' }
}

/** An add-on is for one stretch: after its end it could only become the balance. */
const runsYet = async (em: EntityManager, id: Id<'period'>, now: Date): Promise<boolean> =>
  (await em.count(PeriodEntity, { id, endsAt: { $gt: now } })) > 0

/** A day before its end at most: whoever opens the invoice again in between would pay for two subscriptions. */
const isDueAgain = async (em: EntityManager, paymentId: PaymentId, now: Date): Promise<boolean> =>
  (await em.count(StarSubscriptionEntity, {
    paymentId,
    isCanceled: false,
    paidUntil: { $lte: addDays(now, 1), $gt: addMs(now, -starsWaitMs) },
  })) > 0

/** Another subscription began meanwhile: this one would charge the same customer twice a month. */
const isSecond = async (em: EntityManager, { customerId, method }: PaymentRow, now: Date): Promise<boolean> =>
  method === starSubscription.method &&
  (await em.count(StarSubscriptionEntity, { customerId, ...activeStars(now) })) > 0
