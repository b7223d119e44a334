import type { DiscountSize } from '../discount/discount.ts'
import type { Money } from '../money/money.ts'

/**
 * What a code gives whoever redeems it: bare days, by the rules of `stretch.ts`, money on the balance, or something off
 * the next purchase, by the rules of `discount.ts`.
 */
export type PromoGift =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'balance'; readonly amount: Money }
  | { readonly kind: 'discount'; readonly size: DiscountSize }

/** Capital letters that look alike in Russian and in English: people type what they see. */
const lookAlikes: Readonly<Record<string, string>> = {
  '\u0410': 'A',
  '\u0412': 'B',
  '\u0415': 'E',
  '\u041a': 'K',
  '\u041c': 'M',
  '\u041d': 'H',
  '\u041e': 'O',
  '\u0420': 'P',
  '\u0421': 'C',
  '\u0422': 'T',
  '\u0423': 'Y',
  '\u0425': 'X',
}

const longestTyped = 64

/** `" winter-25 "` → `WINTER-25`; null where the text cannot be a code. */
export function parsePromoCode(text: string): string | null {
  if (text.length > longestTyped) return null
  const code = [...text.trim().toUpperCase()].map((letter) => lookAlikes[letter] ?? letter).join('')
  return /^[A-Z0-9][A-Z0-9-]{2,31}$/.test(code) ? code : null
}

export const mostPromoDays = 366
