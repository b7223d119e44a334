import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { CustomerId, Language, NotificationSettings, Protocol } from '@vpn-kiosk/domain'
import { at, bigint, flag, id, int, json, text } from './columns.ts'

export const CustomerEntity = defineEntity({
  name: 'Customer',
  tableName: 'customers',
  indexes: [
    { properties: ['username'] },
    { properties: ['createdAt'] },
    { properties: ['createdAt', 'id'] },
    {
      name: 'customers_letters',
      expression: `create index "customers_letters" on "customers" using gin (grams_of(letters_of("first_name" || ' ' || coalesce("last_name", '') || ' ' || coalesce("username", ''))))`,
    },
    {
      name: 'customers_username_lower',
      expression: 'create index "customers_username_lower" on "customers" (lower("username"))',
    },
    {
      name: 'customers_banned',
      expression: 'create index "customers_banned" on "customers" ("banned_at") where "banned_at" is not null',
    },
    {
      name: 'customers_news',
      expression: `create index "customers_news" on "customers" ("id") where "banned_at" is null and "unreachable_at" is null and coalesce(("notifications" ->> 'news')::boolean, true)`,
    },
  ],
  properties: {
    id: id<CustomerId>().primary(),
    telegramId: bigint().unique(),
    firstName: text(),
    lastName: text().strictNullable(),
    username: text().strictNullable(),
    language: text<Language>(),
    /** Chosen by hand: what Telegram says no longer changes it. */
    isLanguageChosen: flag().default(false),
    bannedAt: at().strictNullable(),
    trialUsedAt: at().strictNullable(),
    referralCode: text().unique(),
    referredById: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('referred_by_id').strictNullable(),
    /** Where fiscal receipts go; nobody but the customer is shown it. */
    receiptEmail: text().nullable(),
    /** The newest terms of the shop that were agreed to, and when. */
    termsVersion: int().nullable(),
    termsAcceptedAt: at().nullable(),
    preferredProtocol: text<Protocol>().strictNullable(),
    notifications: json<NotificationSettings>(),
    /** Set when Telegram says that the bot was blocked or the account is gone; cleared by the next update. */
    unreachableAt: at().strictNullable(),
    lastActiveAt: at(),
    createdAt: at(),
  },
})
export type CustomerRow = InferEntity<typeof CustomerEntity>
