import { addPercent, compareMoney, type Money, type PaymentProvider, type Plan, priceIn } from '@vpn-kiosk/domain'
import type { MethodSettings } from './read-methods.ts'

/**
 * What this provider asks for the plan: in the first of its currencies in which the plan has a price that it may collect,
 * with the shop's percentage. Null when there is none.
 */
export function priceAt(
  { currencies, limits }: Pick<PaymentProvider, 'currencies' | 'limits'>,
  plan: Pick<Plan, 'price' | 'otherPrices'>,
  { percent }: Pick<MethodSettings, 'percent'>,
): Money | null {
  for (const currency of currencies) {
    const price = priceIn(plan, [currency])
    if (!price) continue
    const amount = addPercent(price, percent)
    const { min, max } = limits?.[currency] ?? {}
    if ((!min || compareMoney(amount, min) >= 0) && (!max || compareMoney(amount, max) <= 0)) return amount
  }
  return null
}
