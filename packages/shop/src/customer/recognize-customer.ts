import { CustomerEntity, type CustomerRow, type EntityManager, type Given, prepared, sql, toJson } from '@vpn-kiosk/db'
import {
  addMs,
  type Customer,
  type CustomerId,
  type DriverId,
  defaultNotifications,
  isBefore,
  minuteMs,
  nearestLanguage,
  newId,
  randomText,
  type TelegramPerson,
  tidyName,
} from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { recordReferral } from '../referral/record-referral.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import {
  type SubscriptionSummary,
  type SummaryRow,
  selectSummary,
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
  const shared = sharedDrivers(deps.drivers)
  const [known] = await findByTelegram(deps.db, { telegramId: person.telegramId.toString(), shared })
  if (known) {
    await refresh(deps, known, person)
    const customer = { ...toKnown(known), ...namesOf(person) }
    return { customer, subscription: hasSummary(known) ? toSummary(deps, known) : null, isNew: false }
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

/** Asked with every update of every bot; nearly every screen shows the subscription. */
const findByTelegram = prepared(
  (db, { telegramId, shared }: Given<{ telegramId: string; shared: readonly DriverId[] }>) =>
    db
      .selectFrom('customers as c')
      .leftJoinLateral(
        selectSummary(db, shared).where('s.customer_id', '=', sql<CustomerId>`c.id`).as('summary'),
        (join) => join.onTrue(),
      )
      .where('c.telegram_id', '=', telegramId)
      .selectAll('summary')
      .select([
        'c.id',
        'c.telegram_id',
        'c.first_name',
        'c.last_name',
        'c.username',
        'c.language',
        'c.referral_code',
        'c.last_active_at',
        sql<boolean>`c.banned_at is not null`.as('is_banned'),
        sql<boolean>`c.trial_used_at is not null`.as('is_trial_used'),
        sql<boolean>`c.unreachable_at is not null`.as('is_unreachable'),
      ]),
)

type KnownRow = Awaited<ReturnType<typeof findByTelegram>>[number]

/** What is read of a subscription is there wherever there is one. */
const hasSummary = (known: KnownRow): known is KnownRow & SummaryRow => known.subscription_id !== null

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
    isBefore(addMs(known.last_active_at, 10 * minuteMs), now)
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
  const inserted = await em
    .getKysely()
    .insertInto('customers')
    .values({
      id,
      telegram_id: person.telegramId,
      first_name: person.firstName,
      last_name: person.lastName ?? null,
      username: person.username ?? null,
      language: nearestLanguage(person.languageCode, deps.policy.languages, deps.policy.defaultLanguage),
      referral_code: randomText(8),
      referred_by_id: referrer?.id ?? null,
      notifications: toJson(defaultNotifications),
      last_active_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('telegram_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false
  if (referrer) await recordReferral(em, { referrerId: referrer.id, friendId: id }, now)
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
