import type { Language, Money } from '@vpn-kiosk/domain'
import type { RawHtml } from './raw-html.ts'

/**
 * What may be put into a sentence. A string is escaped, so a person's text is safe by default; our own HTML goes
 * in as `rawHtml(…)`. Numbers choose plural forms and are written in the language's way. A bigint is a count.
 */
export type TextVariables = Readonly<Record<string, string | number | bigint | RawHtml>>

/** Speaks one language, in one time zone. `t('key', { … })` gives HTML for messages. */
export interface Translator {
  (key: string, variables?: TextVariables): string
  readonly language: Language
  /** All languages that the shop speaks. */
  readonly languages: readonly Language[]
  /** What this language calls another: `Russian`, `Russisch`. */
  languageName(language: Language): string
  /** What another language calls itself: `Deutsch`. */
  ownNameOf(language: Language): string
  /** The same sentence without HTML escaping: for button labels and callback answers, which are not HTML. */
  plain(key: string, variables?: TextVariables): string
  /** Is there such a sentence? For keys made from outside words, e.g. a provider's new cancel reason. */
  has(key: string): boolean
  /** `299 ₽`, `1 299,50 ₽`, `150 ⭐`. The spaces don't break (U+00A0). */
  money(amount: Money): string
  /** Day, month in words and year in the shop's time zone: `21 November 2026`. */
  date(at: Date): string
  /** `November 2026`, in the shop's time zone. */
  month(at: Date): string
  /** Day and minute in the shop's time zone, which is named: `21 November at 14:05 MSK`. */
  dateTime(at: Date): string
  /** The same with its year: `21 November 2026 at 14:05 MSK`. */
  fullDateTime(at: Date): string
  /** `1.5 GB`, `300 MB`: steps of 1024, at most one decimal. */
  bytes(count: bigint | number): string
}
