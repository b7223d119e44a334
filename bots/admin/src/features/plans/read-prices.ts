import { type Currency, isCurrency } from '@vpn-kiosk/domain'
import type { PlanDraft } from '@vpn-kiosk/shop'
import { type PriceProblem, readPrice } from './read-price.ts'

type Prices = PlanDraft['otherPrices']

/**
 * `4.90 EUR, 150 XTR` → a price in each of these currencies; `-` → none. Each is named once and by its code, and the
 * plan's own is not among them.
 */
export function readPrices(
  text: string,
  own: Currency,
): { readonly prices: Prices } | { readonly problem: PriceProblem | 'prices' } {
  if (/^[-–—−]$/.test(text)) return { prices: [] }
  const prices: Prices[number][] = []
  // A comma also divides the decimals: prices are told apart by the code that ends each.
  for (const part of text.split(/(?<=[A-Za-z])[\s,;]+/)) {
    const [, amount = '', code = ''] = /^(.*?)\s*([A-Za-z]+)$/.exec(part.trim()) ?? []
    const currency = code.toUpperCase()
    if (!isCurrency(currency) || currency === own || prices.some((one) => one.currency === currency))
      return { problem: 'prices' }
    const read = readPrice(amount, currency)
    if ('problem' in read) return read
    prices.push({ price: read.price, currency })
  }
  return { prices }
}
