import { type Currency, currencyDigits } from '@vpn-kiosk/domain'

/** Why a text is no price. */
export type PriceProblem = 'not_a_number' | 'too_many_decimals' | 'zero' | 'negative' | 'too_large'

const mostUnits = 10_000_000n

/**
 * `299`, `299,50`, `1 299.5 ₽` → a decimal for `moneyFromDecimal`, digit by digit. Three decimals are refused even where
 * they are zeros: somebody may have meant thousands.
 */
export function readPrice(
  text: string,
  currency: Currency,
): { readonly price: string } | { readonly problem: PriceProblem } {
  const plain = text.replace(/[\s\p{Sc}]/gu, '').replace(',', '.')
  const match = /^([-−]?)(\d{1,40})(?:\.(\d{1,40}))?$/u.exec(plain)
  if (!match) return { problem: 'not_a_number' }
  const [, sign, units = '', decimals = ''] = match
  if (sign) return { problem: 'negative' }
  if (decimals.length > currencyDigits[currency]) return { problem: 'too_many_decimals' }
  if (/^0*$/.test(units + decimals)) return { problem: 'zero' }
  const isTooLarge = BigInt(units) > mostUnits || (BigInt(units) === mostUnits && !/^0*$/.test(decimals))
  if (isTooLarge) return { problem: 'too_large' }
  return { price: decimals ? `${BigInt(units)}.${decimals}` : `${BigInt(units)}` }
}
