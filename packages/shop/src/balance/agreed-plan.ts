import type { OrderRow } from '@vpn-kiosk/db'
import { atPrice, type DiscountCause, type Id, type OrderId, type Plan, takeOff } from '@vpn-kiosk/domain'

/** What was off the plan when a top-up was made for it. */
export interface Agreed {
  readonly orderId: OrderId
  readonly discountMinor: bigint
  readonly cause: DiscountCause
  readonly promoId: Id<'promo'> | null
  /** The code is still kept for it. */
  readonly promoTaken: boolean
}

/** Null where nothing was off. */
export const agreedOf = (order: OrderRow): Agreed | null =>
  order.discountCause
    ? {
        orderId: order.id,
        discountMinor: order.discountMinor,
        cause: order.discountCause,
        promoId: order.promoId ?? null,
        promoTaken: order.promoTaken,
      }
    : null

/** The plan at the price that was agreed, or at today's where that is lower. */
export function agreedPlan(listed: Plan, today: Plan, { discountMinor, cause, promoId }: Agreed): Plan {
  const agreed = takeOff(listed.price.minor, discountMinor)
  if (today.price.minor < agreed || agreed >= listed.price.minor) return today
  return atPrice(listed, agreed, { cause, promoId, code: null, endsAt: null })
}
