import {
  addPercent,
  type Currency,
  compareMoney,
  type Money,
  type PaymentProvider,
  type Plan,
  priceIn,
} from '@vpn-kiosk/domain'
import type { MethodSettings } from './read-methods.ts'

/**
 * What this provider asks for the plan: in the first of its currencies in which the plan has a price that it may collect,
 * with the shop's percentage. Where a discount leaves less than the provider collects, it asks for the least that it does.
 * Null when there is none.
 */
export function priceAt(
  { currencies, limits }: Pick<PaymentProvider, 'currencies' | 'limits'>,
  plan: Pick<Plan, 'price' | 'otherPrices' | 'discount'>,
  { percent }: Pick<MethodSettings, 'percent'>,
): Money | null {
  for (const currency of currencies) {
    const { min, max } = limits?.[currency] ?? {}
    const isEnough = (amount: Money) => !min || compareMoney(amount, min) >= 0
    const amount = amountIn(plan, currency, percent)
    const list = plan.discount ? amountIn(plan.discount.list, currency, percent) : null
    const asked = amount && min && !isEnough(amount) && list && isEnough(list) ? min : amount
    if (asked && isEnough(asked) && (!max || compareMoney(asked, max) <= 0)) return asked
  }
  return null
}

function amountIn(plan: Pick<Plan, 'price' | 'otherPrices'>, currency: Currency, percent: number): Money | null {
  const price = priceIn(plan, [currency])
  return price && addPercent(price, percent)
}
