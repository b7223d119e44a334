import type { CustomerId } from '../ids/ids.ts'
import type { Language } from '../language/language.ts'

/** Which scheduled notifications a customer wants. Notifications about money and access are always sent. */
export interface NotificationSettings {
  readonly expiry: boolean
  readonly news: boolean
}

export const defaultNotifications: NotificationSettings = { expiry: true, news: true }

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
