import type { App } from '@vpn-kiosk/app'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { TelegramSimulator } from '@vpn-kiosk/telegram-simulator'

/** As the simulated Telegram knows them, so that recognizing one changes nothing. */
const firstName = 'Anna'

/**
 * Customers who are known to the shop and to Telegram; with a month that is under way, unless told otherwise. Written
 * in two statements: how they came to be is not what is measured. Returns their Telegram ids.
 */
export async function seedCustomers(
  { db }: Pick<App, 'db'>,
  { people }: Pick<TelegramSimulator, 'people'>,
  { firstId, count, isActive = true }: { firstId: number; count: number; isActive?: boolean },
): Promise<number[]> {
  const ids = Array.from({ length: count }, (_, index) => firstId + index)
  for (const id of ids) people.createPerson({ id, firstName, languageCode: 'ru' })
  const now = new Date()
  await db.em().execute(
    `insert into customers (id, telegram_id, first_name, language, trial_used_at, referral_code, notifications, last_active_at, created_at)
     select 'cus_' || lpad(n::text, 20, '0'), n, ?, 'ru', ?::timestamptz, 'ref' || n, '{"expiry":true,"traffic":true,"news":true}', ?, ? from generate_series(?::bigint, ?::bigint) n`,
    [firstName, isActive ? now : null, now, now, firstId, firstId + count - 1],
  )
  if (isActive) await addSubscriptions({ db }, { firstId, count, now })
  await settleStatistics({ db })
  return ids
}

async function addSubscriptions(
  { db }: Pick<App, 'db'>,
  { firstId, count, now }: { firstId: number; count: number; now: Date },
): Promise<void> {
  await db.em().execute(
    `insert into subscriptions (id, customer_id, plan_id, state, is_trial, starts_at, ends_at, traffic_used_bytes, device_limit, token, created_at)
     select 'sub_' || lpad(n::text, 20, '0'), 'cus_' || lpad(n::text, 20, '0'), (select id from plans where code = 'month'),
       'active', false, ?, ?::timestamptz + interval '30 days', 123456789, 3, lpad(n::text, 32, '0'), ? from generate_series(?::bigint, ?::bigint) n`,
    [now, now, now, firstId, firstId + count - 1],
  )
}

/** What autovacuum does within a minute in a shop that lives: the planner knows how large the tables are. */
const settleStatistics = ({ db }: Pick<App, 'db'>) => db.em().execute('analyze')

export const customerIdOf = (telegramId: number): CustomerId => `cus_${String(telegramId).padStart(20, '0')}`

/** What the preparations have left to be said and done is not measured, and not in the way. */
export async function forgetWork({ db }: Pick<App, 'db'>): Promise<void> {
  await db.em().execute(`update notifications set state = 'sent', sent_at = created_at where state <> 'sent'`)
  await db.em().execute('delete from pgboss.job')
  await settleStatistics({ db })
}
