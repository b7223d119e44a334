import type { Id, PlanId } from '../ids/ids.ts'
import type { Money } from '../money/money.ts'
import type { Plan } from '../plan/plan.ts'
import type { DiscountCause, PlanDiscount } from './plan-discount.ts'

/*
 * The rule of discounts:
 * - They never stack. Of all that a customer has, the one that makes the plan cheapest applies; of equals, one that is
 *   not used up by it.
 * - A discount is 1 to 90 per cent, or an amount. It leaves at least a tenth of the list price, and never less than one
 *   minor unit: nothing is sold for nothing. A provider that collects no such small sum asks for the least that it does.
 * - A discount is worked out in the plan's own currency and rounded in the customer's favour. An amount in a currency in
 *   which the plan also has a price is taken in proportion to the two prices; in any other it does not apply.
 * - Prices in further currencies follow in proportion, again rounded in the customer's favour.
 */

/** How much is off. */
export type DiscountSize =
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'amount'; readonly amount: Money }

/** Something that a customer may have off, whatever is bought in the end. */
export interface Discount {
  readonly cause: DiscountCause
  readonly size: DiscountSize
  /** Of a code. */
  readonly promoId: Id<'promo'> | null
  readonly code: string | null
  /** Null: no end. */
  readonly endsAt: Date | null
  /** For which plans; null: for all. */
  readonly plans: readonly PlanId[] | null
}

export const leastPercent = 1
export const mostPercent = 90

export const isPercentOff = (percent: number): boolean =>
  Number.isInteger(percent) && percent >= leastPercent && percent <= mostPercent

/** One that is used up by a purchase is saved where another takes off as much. */
const isKept = ({ cause }: Discount): boolean => cause === 'personal' || cause === 'group' || cause === 'happy_hours'

/** The plan at the prices of a customer who has these discounts: the best one applies. */
export function discountPlan(plan: Plan, discounts: readonly Discount[]): Plan {
  let best: { readonly discount: Discount; readonly price: bigint } | null = null
  for (const discount of discounts) {
    if (discount.plans && !discount.plans.includes(plan.id)) continue
    const price = priceAfter(plan, discount.size)
    if (price === null || price >= plan.price.minor) continue
    const isBetter = !best || price < best.price || (price === best.price && isKept(discount) && !isKept(best.discount))
    if (isBetter) best = { discount, price }
  }
  if (!best) return plan
  const { cause, promoId, code, endsAt } = best.discount
  return atPrice(plan, best.price, { cause, promoId, code, endsAt })
}

/** The plan at an agreed price, in minor units of its own currency; its other prices follow in proportion. */
export function atPrice(plan: Plan, minor: bigint, why: Omit<PlanDiscount, 'list'>): Plan {
  const { price, otherPrices } = plan
  const inProportion = (other: Money): Money => ({
    minor: most(1n, (other.minor * minor) / price.minor),
    currency: other.currency,
  })
  return {
    ...plan,
    price: { minor, currency: price.currency },
    otherPrices: otherPrices.map(inProportion),
    discount: { ...why, list: { price, otherPrices } },
  }
}

/** In minor units of the plan's own currency; null where the discount does not apply. */
function priceAfter(plan: Pick<Plan, 'price' | 'otherPrices'>, size: DiscountSize): bigint | null {
  const list = plan.price.minor
  if (list <= 0n) return null
  const off = size.kind === 'percent' ? percentOf(list, size.percent) : amountOf(plan, size.amount)
  return off === null ? null : takeOff(list, off)
}

/** A price with so much off, all in minor units: a tenth at least is left. */
export const takeOff = (list: bigint, off: bigint): bigint => most(most(1n, list / 10n), list - off)

/** What is off is rounded up, so that the price is rounded down. */
const percentOf = (list: bigint, percent: number): bigint => divideUp(list * BigInt(percent), 100n)

function amountOf(
  { price, otherPrices }: Pick<Plan, 'price' | 'otherPrices'>,
  { minor, currency }: Money,
): bigint | null {
  if (currency === price.currency) return minor
  const other = otherPrices.find((one) => one.currency === currency)
  return other && other.minor > 0n ? divideUp(minor * price.minor, other.minor) : null
}

const divideUp = (value: bigint, by: bigint): bigint => (value + by - 1n) / by
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)
