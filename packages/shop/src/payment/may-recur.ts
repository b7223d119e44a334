import { type EntityManager, StarSubscriptionEntity } from '@vpn-kiosk/db'
import { addMs, type CustomerId, type PaymentProvider, type Plan, starsWaitMs } from '@vpn-kiosk/domain'

/** Whether a way to pay is the one that the provider charges again by itself. */
export const isRecurring = ({ recurring }: Pick<PaymentProvider, 'recurring'>, method: string | undefined): boolean =>
  recurring !== undefined && recurring.method === method

/**
 * Whether a customer may have this plan charged again and again: it lasts as long as the provider's period, its price
 * holds for good, and nothing is charged so already, which nobody else would notice.
 */
export async function mayRecur(
  em: EntityManager,
  { recurring }: Pick<PaymentProvider, 'recurring'>,
  { days, discount, isTrial }: Pick<Plan, 'discount'> & Partial<Pick<Plan, 'days' | 'isTrial'>>,
  customerId: CustomerId,
  now: Date,
): Promise<boolean> {
  if (isTrial || days !== recurring?.days) return false
  if (discount && (discount.cause !== 'personal' || discount.endsAt !== null)) return false
  return !(await em.count(StarSubscriptionEntity, { customerId, ...activeStars(now) }))
}

/** Telegram is still to charge it, or may be late. */
export const activeStars = (now: Date) => ({ isCanceled: false, paidUntil: { $gt: addMs(now, -starsWaitMs) } })
