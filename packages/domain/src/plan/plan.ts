import type { PlanDiscount } from '../discount/plan-discount.ts'
import type { PlanId } from '../ids/ids.ts'
import type { LocalizedText } from '../language/language.ts'
import type { Currency, Money } from '../money/money.ts'

/** What is sold: a length of time with its limits. A trial may be free, and is never on the price list. */
export interface Plan {
  readonly id: PlanId
  /** Stable name for scripts and seeds: `month`, `year` … */
  readonly code: string
  readonly title: LocalizedText
  readonly days: number
  readonly price: Money
  /** What it costs in further currencies, one price each: for providers that do not collect in the plan's own. */
  readonly otherPrices: readonly Money[]
  /** Upload and download together, a period; null = unlimited. */
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number
  readonly isTrial: boolean
  readonly isPopular: boolean
  /** Set where the prices are those of one customer, for whom something is off. */
  readonly discount?: PlanDiscount
}

/** Whole per cent saved against buying `reference` as often as it takes to cover the same days. Zero when nothing is. */
export function savingPercent(plan: Plan, reference: Plan): number {
  if (plan.price.currency !== reference.price.currency || reference.price.minor <= 0n) return 0
  const full = reference.price.minor * BigInt(plan.days)
  const paid = plan.price.minor * BigInt(reference.days)
  return paid >= full ? 0 : Number(((full - paid) * 100n) / full)
}

/** The first of these currencies in which the plan has a price, its own included. Null when it has none in any. */
export function priceIn(
  { price, otherPrices }: Pick<Plan, 'price' | 'otherPrices'>,
  currencies: readonly Currency[],
): Money | null {
  const prices = [price, ...otherPrices]
  for (const currency of currencies) {
    const found = prices.find((one) => one.currency === currency)
    if (found) return found
  }
  return null
}
