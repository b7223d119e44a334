import { type PromoGift, parsePromoCode } from '@vpn-kiosk/domain'
import type { PromoDraft } from '@vpn-kiosk/shop'
import type { PromoWords, Said } from './promo-words.ts'
import { readWords } from './read-words.ts'

/** `many`: so many codes, each for one use unless the line says otherwise. */
export type ReadPromo =
  | { readonly kind: 'draft'; readonly draft: PromoDraft; readonly many: number | null }
  | { readonly kind: 'no_gift' | 'two_gifts' }
  /** This word means nothing, or contradicts another. */
  | { readonly kind: 'word'; readonly word: string }

/**
 * Reads a code written in a line, in English or Russian and in any order: `SPRING 20% 100 times until 2027-03-01 plan m1`.
 * The code itself may be left out.
 */
export function readPromo(text: string, words: PromoWords): ReadPromo {
  const said = readWords(text, words)
  if ('word' in said) return { kind: 'word', word: said.word }
  const gifts = [said.percent, said.days, said.amount].filter((one) => one !== undefined)
  if (gifts.length > 1) return { kind: 'two_gifts' }
  const gift = giftOf(said)
  if (!gift) return { kind: 'no_gift' }
  const many = said.many ?? null
  const draft = {
    code: said.code === undefined ? null : (parsePromoCode(said.code) ?? said.code),
    gift,
    mostUses: said.mostUses ?? (many === null ? null : 1),
    mostUsesEach: said.mostUsesEach ?? 1,
    isForNewcomers: said.isForNewcomers ?? false,
    plans: said.plans ?? null,
    startsAt: said.startsAt ?? null,
    endsAt: said.endsAt ?? null,
  }
  return { kind: 'draft', draft, many }
}

function giftOf({ percent, days, amount, isOff }: Said): PromoGift | null {
  if (percent !== undefined) return { kind: 'discount', size: { kind: 'percent', percent } }
  if (days !== undefined) return { kind: 'days', days }
  if (!amount) return null
  return isOff ? { kind: 'discount', size: { kind: 'amount', amount } } : { kind: 'balance', amount }
}
