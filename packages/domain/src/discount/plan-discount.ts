import type { Id } from '../ids/ids.ts'
import type { Money } from '../money/money.ts'

/** Why something is off. `promo`: a code. `personal`: set for one customer. `group`: for all of a group. `win_back`: offered to somebody who left. */
export const discountCauses = ['promo', 'personal', 'group', 'happy_hours', 'win_back'] as const
export type DiscountCause = (typeof discountCauses)[number]

/** What is off a plan whose prices are those of one customer. */
export interface PlanDiscount {
  readonly cause: DiscountCause
  /** Of a code. */
  readonly promoId: Id<'promo'> | null
  readonly code: string | null
  /** Null: no end. */
  readonly endsAt: Date | null
  /** What everybody else pays. */
  readonly list: { readonly price: Money; readonly otherPrices: readonly Money[] }
}
