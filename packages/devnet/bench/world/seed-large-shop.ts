import type { Database } from '@vpn-kiosk/db'
import { loadBare } from './load-bare.ts'

export interface LargeShop {
  /** Each with a subscription: six of ten run, three have ended, one is a trial. Two accesses each, on the shop's endpoints. */
  readonly customers: number
  readonly paymentsEach: number
  /** Over so many days until now they were paid, evenly. */
  readonly paymentDays: number
  readonly notificationsEach: number
}

export const largeShop: LargeShop = { customers: 1_000_000, paymentsEach: 5, paymentDays: 730, notificationsEach: 3 }

const tables = [
  'customers',
  'subscriptions',
  'subscription_periods',
  'accesses',
  'orders',
  'payments',
  'ledger_postings',
  'ledger_entries',
  'sales',
  'notifications',
  'activities',
  'tickets',
  'referrals',
]

/**
 * Fills a shop that has plans and endpoints with years of trade, in a few statements. Rows lie in the order of their
 * time, as they would. Secrets are no sealed values: nothing of this can be provisioned.
 */
export async function seedLargeShop(db: Database, size: LargeShop, now: Date): Promise<void> {
  await db.transaction(async (em) => {
    const run = (text: string) => em.execute(text.replaceAll(':now', `timestamptz '${now.toISOString()}'`))
    await loadBare(em, tables, async () => {
      for (const text of [...people(size), ...rights(size), ...money(size), ...told(size)]) await run(text)
    })
    await run(doneToday(size))
  })
  // What autovacuum does by and by in a shop that lives.
  await db.em().execute('vacuum analyze')
}

const series = (count: number): string => `generate_series(1, ${count}) as n`
const idOf = (prefix: string, expression = 'n'): string =>
  `'${prefix}_' || left(md5('${prefix}' || (${expression})), 20)`
/** The instant of row `n` of `count` that are spread evenly over so many days until now. */
const spread = (count: number, days: number): string =>
  `:now - make_interval(secs => (${count} - n) * ${(days * 86400) / count})`

const firstNames = [
  'Anna',
  'Boris',
  'Vera',
  'Gleb',
  'Daria',
  'Egor',
  'Zhanna',
  'Ivan',
  'Kira',
  'Lev',
  'Maria',
  'Nikita',
  'Olga',
  'Pavel',
  'Rita',
]
const lastNames = [
  'Ivanova',
  'Petrov',
  'Sidorova',
  'Smirnov',
  'Kuznetsova',
  'Popov',
  'Vasilieva',
  'Sokolov',
  'Mikhailova',
  'Novikov',
  'Fedorova',
]
const oneOf = (words: readonly string[], expression: string): string =>
  `(array[${words.map((word) => `'${word}'`).join(', ')}])[(${expression}) % ${words.length} + 1]`

/** Four years of sign-ups; every tenth was brought by an earlier customer, every twentieth has asked for help. */
const people = ({ customers }: LargeShop): string[] => [
  `insert into customers (id, telegram_id, first_name, last_name, username, language, is_language_chosen, trial_used_at, referral_code,
     notifications, last_active_at, created_at)
   select ${idOf('cus')}, 100000000 + n, ${oneOf(firstNames, 'n')}, ${oneOf(lastNames, 'n / 7')}, 'user' || n, 'ru', true, :now, 'ref' || n,
     '{"expiry": true, "traffic": true, "news": true}', :now - make_interval(mins => (n::bigint * 7919 % 40000)::int), ${spread(customers, 1460)}
   from ${series(customers)}`,
  `insert into referrals (id, referrer_id, friend_id, joined_at)
   select ${idOf('ref')}, ${idOf('cus', 'n * 10 - 9')}, ${idOf('cus', 'n * 10')}, ${spread(Math.floor(customers / 10), 1460)} from ${series(Math.floor(customers / 10))}`,
  `insert into tickets (id, customer_id, subject, state, created_at, closed_at, last_message_at)
   select ${idOf('tkt')}, ${idOf('cus', 'n * 20')}, 'It does not connect', case when n % 500 = 0 then 'open' else 'closed' end, at, at, at
   from ${series(Math.floor(customers / 20))}, lateral (select ${spread(Math.floor(customers / 20), 1460)} as at) t`,
]

const isRunning = '(n % 10 < 6 or n % 10 = 9)'
const endsAt = `case when ${isRunning} then :now + make_interval(mins => 60 + (n::bigint * 7919 % 43000)::int)
  else :now - make_interval(mins => 60 + (n::bigint * 7919 % 1000000)::int) end`

/** Ends from two years ago to a month ahead. */
const rights = ({ customers }: LargeShop): string[] => [
  `insert into subscriptions (id, customer_id, plan_id, state, is_trial, starts_at, ends_at, stretch_id, stretch_starts_at, stretch_ends_at,
     traffic_limit_bytes, traffic_used_bytes, device_limit, token, created_at)
   select ${idOf('sub')}, ${idOf('cus')}, plan.id, case when ${isRunning} then 'active' else 'expired' end, n % 10 = 9, ends_at - interval '30 days', ends_at,
     ${idOf('prd')}, ends_at - interval '30 days', ends_at, null, 0, 3, md5('token' || n), ${spread(customers, 1460)}
   from ${series(customers)} cross join lateral (select ${endsAt} as ends_at) e
     join (select distinct on (is_trial) id, is_trial from plans order by is_trial, position) plan on plan.is_trial = (n % 10 = 9)`,
  `insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, is_trial, device_limit, length_ms, created_at)
   select stretch_id, id, plan_id, 'seed:' || id, 30, stretch_starts_at, stretch_ends_at, is_trial, 3, 2592000000, stretch_starts_at from subscriptions
   where stretch_id is not null`,
  `insert into accesses (id, subscription_id, endpoint_id, secrets, desired_revision, applied_revision, credentials, applied_at, upload_counter,
     download_counter, upload_bytes, download_bytes, created_at, asked_at, ended_at, removed_at)
   select ${idOf('acc', 'n * 10::bigint + k')}, ${idOf('sub')}, e.id, '-', 1, 1, '-', :now, 0, 0, 0, 0, :now, :now,
     case when not ${isRunning} then ends_at end, case when not ${isRunning} and ends_at < :now - interval '3 days' then ends_at + interval '3 days' end
   from ${series(customers)} cross join lateral (select ${endsAt} as ends_at) t cross join generate_series(0, 1) as k
     join (select id, row_number() over (order by id) - 1 as place, count(*) over () as places from endpoints) e on e.place = (n + k) % places`,
  `update endpoints e set fill_after = null,
     places_taken = (select count(*) from accesses a where a.endpoint_id = e.id and a.removed_at is null)`,
]

/** One of twenty was never paid; each of the others is revenue by now, less what its provider kept. */
const money = ({ customers, paymentsEach, paymentDays }: LargeShop): string[] => {
  const count = customers * paymentsEach
  const all = `${series(count)} cross join lateral (select ${spread(count, paymentDays)} as at, ${idOf('cus', `n::bigint * 7919 % ${customers} + 1`)} as customer,
    n % 20 <> 0 as is_paid) t`
  return [
    `insert into orders (id, customer_id, plan_id, state, price_minor, currency, days, created_at, expires_at, paid_at)
     select ${idOf('ord')}, customer, (select id from plans where not is_trial order by position limit 1), case when is_paid then 'paid' else 'expired' end,
       29900, 'RUB', 30, at, at + interval '1 hour', case when is_paid then at end from ${all}`,
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, received_minor, received_currency, reference, created_at,
       expires_at, paid_at)
     select ${idOf('pay')}, ${idOf('ord')}, customer, 'yookassa', case when is_paid then 'paid' else 'expired' end, 29900, 'RUB',
       case when is_paid then 29900 end, case when is_paid then 'RUB' end, 'ref-' || n, at, at + interval '1 hour', case when is_paid then at end from ${all}`,
    `insert into ledger_postings (id, key, payment_id, at) select ${idOf('pst')}, 'sale:' || n, ${idOf('pay')}, at from ${all} where is_paid`,
    `insert into ledger_entries (posting_id, account, amount_minor, currency)
     select ${idOf('pst')}, side.account, side.amount, 'RUB' from ${all}
     cross join (values ('provider:yookassa', 28853), ('fees', 1047), ('revenue', -29900)) as side (account, amount) where is_paid`,
    `insert into sales (payment_id, provider, plan_id, amount_minor, currency, deferred_minor, sold_at)
     select ${idOf('pay')}, 'yookassa', (select id from plans where not is_trial order by position limit 1), 29900, 'RUB', 0, at from ${all} where is_paid`,
    `insert into activities (customer_id, kind, at) select customer, 'paid', at from ${all} where is_paid`,
  ]
}

const told = ({ customers, notificationsEach }: LargeShop): string[] => {
  const count = customers * notificationsEach
  return [
    `insert into notifications (id, key, customer_id, subscription_id, state, content, created_at, queued_at, sent_at)
     select ${idOf('ntc')}, 'seed:' || n, ${idOf('cus', 'person')}, ${idOf('sub', 'person')}, 'sent', '{"kind": "expired"}', at, at, at
     from ${series(count)} cross join lateral (select ${spread(count, 180)} as at, n::bigint * 7919 % ${customers} + 1 as person) t`,
  ]
}

/** Jobs are kept for a day after they are done; by them Postgres judges how rare a waiting one is. */
const doneToday = ({ customers }: LargeShop): string =>
  `insert into pgboss.job_common (name, state, created_on, started_on, completed_on, policy)
   select q.name, 'completed', at, at, at, 'standard'
   from ${series(Math.floor(customers / 20))} cross join lateral (select ${spread(Math.floor(customers / 20), 1)} as at) t
     cross join (values ('settle-payment'), ('provision-access'), ('tell-customer')) as q (name)`
