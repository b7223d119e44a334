import type { CustomerId } from '../ids/ids.ts'
import type { Language } from '../language/language.ts'

/** A customer as the bots see one. */
export interface Customer {
  readonly id: CustomerId
  readonly telegramId: bigint
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly language: Language
  readonly isBanned: boolean
  readonly isTrialUsed: boolean
  /** Goes into the referral link: `https://t.me/<bot>?start=ref_<code>`. */
  readonly referralCode: string
}

/** What Telegram says of a person with each update. */
export interface TelegramPerson {
  readonly telegramId: bigint
  readonly firstName: string
  readonly lastName?: string | undefined
  readonly username?: string | undefined
  readonly languageCode?: string | undefined
}
