import { CustomerEntity, type CustomerRow, type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import {
  addMs,
  type Customer,
  type CustomerId,
  defaultNotifications,
  isBefore,
  type Language,
  minuteMs,
  nearestLanguage,
  newId,
  randomText,
  type TelegramPerson,
  tidyName,
} from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import {
  type SubscriptionSummary,
  type SummaryRow,
  summaryColumns,
  toSummary,
} from '../subscription/get-subscription.ts'

export type RecognizeCustomerDeps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>

export interface Recognized {
  readonly customer: Customer
  /** What the customer has; null for who never had anything. */
  readonly subscription: SubscriptionSummary | null
  readonly isNew: boolean
}

/**
 * Finds the customer behind a Telegram update and what they have, registering a new one. `referralCode` counts only
 * for somebody new. Safe to call with every update: an unchanged, recently seen customer costs one read.
 */
export async function recognizeCustomer(
  deps: RecognizeCustomerDeps,
  { firstName, lastName, ...rest }: TelegramPerson,
  referralCode?: string,
): Promise<Recognized> {
  const person = { ...rest, firstName: tidyName(firstName, nameLength), ...tidyLastName(lastName) }
  const known = await findByTelegram(deps, person.telegramId)
  if (known) {
    await refresh(deps, known, person)
    const customer = { ...toKnown(known), ...namesOf(person) }
    return { customer, subscription: known.subscription_id ? toSummary(deps, known) : null, isNew: false }
  }
  const isNew = await deps.db.transaction((tx) => register(deps, tx, person, referralCode))
  const row = await deps.db.em().findOneOrFail(CustomerEntity, { telegramId: person.telegramId })
  return { customer: toCustomer(row), subscription: null, isNew }
}

/** Twice what Telegram allows. */
const nameLength = 128

const tidyLastName = (lastName: string | undefined): Pick<TelegramPerson, 'lastName'> => {
  const tidy = lastName === undefined ? '' : tidyName(lastName, nameLength)
  return tidy === '' ? {} : { lastName: tidy }
}

interface KnownRow {
  readonly id: CustomerId
  readonly telegram_id: string
  readonly first_name: string
  readonly last_name: string | null
  readonly username: string | null
  readonly language: Language
  readonly referral_code: string
  readonly is_banned: boolean
  readonly is_trial_used: boolean
  readonly is_unreachable: boolean
  readonly last_active_at: Date | string
}

type Known = KnownRow & (SummaryRow | { readonly subscription_id: null })

/** Asked with every update of every bot; nearly every screen shows the subscription. */
const byTelegramId = {
  name: 'customer by telegram id',
  text: `select c.id, c.telegram_id, c.first_name, c.last_name, c.username, c.language, c.referral_code, c.last_active_at,
       c.banned_at is not null as is_banned, c.trial_used_at is not null as is_trial_used,
       c.unreachable_at is not null as is_unreachable, ${summaryColumns}
     from customers c left join subscriptions s on s.customer_id = c.id left join plans p on p.id = s.plan_id
     where c.telegram_id = $1`,
}

async function findByTelegram({ db, drivers }: RecognizeCustomerDeps, telegramId: bigint): Promise<Known | null> {
  const [row] = await db.read<Known>(byTelegramId, [telegramId, sharedDrivers(drivers)])
  return row ?? null
}

const namesOf = (person: TelegramPerson): Pick<Customer, 'firstName' | 'lastName' | 'username'> => ({
  firstName: person.firstName,
  lastName: person.lastName ?? null,
  username: person.username ?? null,
})

async function refresh({ db, clock }: RecognizeCustomerDeps, known: KnownRow, person: TelegramPerson): Promise<void> {
  const now = clock.now()
  const names = namesOf(person)
  const changed =
    known.first_name !== names.firstName ||
    known.last_name !== names.lastName ||
    known.username !== names.username ||
    known.is_unreachable ||
    isBefore(addMs(new Date(known.last_active_at), 10 * minuteMs), now)
  if (!changed) return
  const change = { ...names, unreachableAt: null, lastActiveAt: now }
  await db.em().nativeUpdate(CustomerEntity, { id: known.id }, change)
}

const toKnown = (row: KnownRow): Customer => ({
  id: row.id,
  telegramId: BigInt(row.telegram_id),
  firstName: row.first_name,
  lastName: row.last_name,
  username: row.username,
  language: row.language,
  isBanned: row.is_banned,
  isTrialUsed: row.is_trial_used,
  referralCode: row.referral_code,
})

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
      nearestLanguage(person.languageCode, deps.policy.languages, deps.policy.defaultLanguage),
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
