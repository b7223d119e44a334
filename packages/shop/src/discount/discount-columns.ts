import type { DiscountCause, Id, Plan } from '@vpn-kiosk/domain'

interface DiscountColumns {
  readonly discountMinor: bigint
  readonly discountCause: DiscountCause | null
  readonly promoId: Id<'promo'> | null
  readonly promoTaken: boolean
}

/** What an order keeps of the discount at which it sells. An open order is found again by the same values. */
export const discountColumns = ({ price, discount }: Pick<Plan, 'price' | 'discount'>): DiscountColumns => ({
  discountMinor: discount ? discount.list.price.minor - price.minor : 0n,
  discountCause: discount?.cause ?? null,
  promoId: discount?.promoId ?? null,
  promoTaken: Boolean(discount?.promoId),
})
