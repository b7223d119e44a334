import { CustomerEntity, type CustomerRow, type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import {
  addMs,
  type Customer,
  defaultNotifications,
  isBefore,
  isLanguage,
  type Language,
  minuteMs,
  newId,
  randomText,
  type TelegramPerson,
} from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'

export type RecognizeCustomerDeps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

export interface Recognized {
  readonly customer: Customer
  readonly isNew: boolean
}

/**
 * Finds the customer behind a Telegram update, registering a new one. `referralCode` counts only for somebody
 * new. Safe to call with every update: an unchanged, recently seen customer costs one read.
 */
export async function recognizeCustomer(
  deps: RecognizeCustomerDeps,
  person: TelegramPerson,
  referralCode?: string,
): Promise<Recognized> {
  const em = deps.db.em()
  const known = await em.findOne(CustomerEntity, { telegramId: person.telegramId })
  if (known) {
    await refresh(deps, em, known, person)
    return { customer: toCustomer(known), isNew: false }
  }
  const isNew = await deps.db.transaction((tx) => register(deps, tx, person, referralCode))
  return {
    customer: toCustomer(await deps.db.em().findOneOrFail(CustomerEntity, { telegramId: person.telegramId })),
    isNew,
  }
}

async function refresh(
  deps: RecognizeCustomerDeps,
  em: EntityManager,
  known: CustomerRow,
  person: TelegramPerson,
): Promise<void> {
  const now = deps.clock.now()
  const changed =
    known.firstName !== person.firstName ||
    known.lastName !== (person.lastName ?? null) ||
    known.username !== (person.username ?? null) ||
    known.unreachableAt !== null ||
    isBefore(addMs(known.lastActiveAt, 10 * minuteMs), now)
  if (!changed) return
  known.firstName = person.firstName
  known.lastName = person.lastName ?? null
  known.username = person.username ?? null
  known.unreachableAt = null
  known.lastActiveAt = now
  await em.flush()
}

async function register(
  deps: RecognizeCustomerDeps,
  em: EntityManager,
  person: TelegramPerson,
  referralCode?: string,
): Promise<boolean> {
  const now = deps.clock.now()
  const referrer = referralCode ? await em.findOne(CustomerEntity, { referralCode }) : null
  const id = newId('customer')
  const inserted = await em.execute<{ id: string }[]>(
    `insert into customers (id, telegram_id, first_name, last_name, username, language, referral_code, referred_by_id, notifications, last_active_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (telegram_id) do nothing returning id`,
    [
      id,
      person.telegramId,
      person.firstName,
      person.lastName ?? null,
      person.username ?? null,
      languageOf(person.languageCode, deps.policy.defaultLanguage),
      randomText(8),
      referrer?.id ?? null,
      JSON.stringify(defaultNotifications),
      now,
      now,
    ],
  )
  if (inserted.length === 0) return false
  if (referrer)
    await em.insert(ReferralEntity, {
      id: newId('referral'),
      referrerId: referrer.id,
      friendId: id,
      joinedAt: now,
      rewardedAt: null,
      bonusDays: null,
    })
  await recordActivity(em, id, 'start', now)
  return true
}

/** Telegram says `ru`, `en-GB`, `uk` …; neighbours of Russian read it more easily than English. */
function languageOf(code: string | undefined, fallback: Language): Language {
  const short = code?.slice(0, 2).toLowerCase()
  if (isLanguage(short)) return short
  if (short === undefined) return fallback
  return ['uk', 'be', 'kk'].includes(short) ? 'ru' : 'en'
}

export const toCustomer = (row: CustomerRow): Customer => ({
  id: row.id,
  telegramId: row.telegramId,
  firstName: row.firstName,
  lastName: row.lastName,
  username: row.username,
  language: row.language,
  isBanned: row.bannedAt !== null,
  isTrialUsed: row.trialUsedAt !== null,
  referralCode: row.referralCode,
})
