import type { Database } from '@vpn-kiosk/db'

export interface LargeShop {
  /** Each with a subscription: six of ten run, three have ended, one is a trial. */
  readonly customers: number
  /** Accesses are spread over them, two a customer whose right runs. */
  readonly servers: number
  readonly paymentsEach: number
  readonly noticesEach: number
}

export const largeShop: LargeShop = { customers: 1_000_000, servers: 4, paymentsEach: 5, noticesEach: 3 }

/**
 * Fills an empty, migrated database with a shop of this size, in a few statements: minutes for a million customers. Ids
 * are `cus_`, `sub_` … and a number of ten digits. Secrets are no sealed values: nothing here can be provisioned. Needs
 * a superuser, because triggers and foreign keys rest meanwhile.
 */
export async function seedLargeShop(db: Database, size: LargeShop, now: Date): Promise<void> {
  await db.transaction(async (em) => {
    const run = (text: string) => em.execute(text.replaceAll(':now', `timestamptz '${now.toISOString()}'`))
    await run('set local session_replication_role = replica')
    for (const text of [...people(size), ...servers(size), ...money(size), ...told(size)]) await run(text)
  })
  await db.em().execute('analyze')
}

const series = (count: number): string => `generate_series(1, ${count}) as n`
const idOf = (prefix: string, expression = 'n'): string => `'${prefix}_' || lpad((${expression})::text, 10, '0')`

/** Four years of sign-ups, ends from two years ago to a month ahead. */
const people = ({ customers }: LargeShop): string[] => [
  `insert into customers (id, telegram_id, first_name, username, language, is_language_chosen, trial_used_at, referral_code, is_server_automatic,
     notifications, last_active_at, created_at)
   select ${idOf('cus')}, 100000000 + n, 'Customer ' || n, 'customer_' || n, 'ru', true, :now, 'ref' || n, true,
     '{"expiry": true, "news": true}', :now - make_interval(mins => (n % 40000)::int), :now - make_interval(mins => (n::bigint * 7919 % 2100000)::int)
   from ${series(customers)}`,
  `insert into subscriptions (id, customer_id, plan_id, state, is_trial, starts_at, ends_at, traffic_limit_bytes, traffic_used_bytes, device_limit, token, created_at)
   select ${idOf('sub')}, ${idOf('cus')}, (select id from plans where is_trial = (n % 10 = 9) order by position limit 1),
     case when n % 10 < 6 or n % 10 = 9 then 'active' else 'expired' end, n % 10 = 9, :now - interval '40 days',
     case when n % 10 < 6 or n % 10 = 9 then :now + make_interval(mins => 60 + (n::bigint * 7919 % 43000)::int)
       else :now - make_interval(mins => 6000 + (n::bigint * 7919 % 1000000)::int) end,
     null, 0, 3, md5('token' || n), :now - interval '40 days'
   from ${series(customers)}`,
]

const servers = ({ customers, servers: count }: LargeShop): string[] => [
  `insert into servers (id, name, country, city, host, capacity, state, created_at)
   select ${idOf('srv')}, 'server-' || n, 'NL', 'Amsterdam', 'vpn.test', ${customers}, 'active', :now from ${series(count)}`,
  `insert into endpoints (id, server_id, driver, protocol, settings, secrets, health, created_at, fill_after)
   select ${idOf('end')}, ${idOf('srv')}, 'xui', 'vless', '{}', '-', 'up', :now, null from ${series(count)}`,
  `insert into accesses (id, subscription_id, endpoint_id, secrets, desired_revision, applied_revision, credentials, applied_at, upload_counter,
     download_counter, upload_bytes, download_bytes, created_at, asked_at)
   select ${idOf('acc', `n * 10::bigint + k`)}, ${idOf('sub')}, ${idOf('end', `(n + k) % ${count} + 1`)}, '-', 1, 1, '-', :now, 0, 0, 0, 0, :now, :now
   from ${series(customers)} cross join generate_series(1, ${Math.min(2, count)}) as k`,
  `update accesses a set ended_at = s.ends_at from subscriptions s where s.id = a.subscription_id and s.state = 'expired'
     and s.ends_at > :now - interval '3 days'`,
  `update accesses a set removed_at = s.ends_at + interval '3 days' from subscriptions s
   where s.id = a.subscription_id and s.state = 'expired' and s.ends_at <= :now - interval '3 days'`,
  `update endpoints e set places_taken = (select count(*) from accesses a where a.endpoint_id = e.id and a.removed_at is null)`,
]

/** Two years of payments; the books of all of them. */
const money = ({ customers, paymentsEach }: LargeShop): string[] => {
  const at = `:now - make_interval(mins => (n::bigint * 7919 % 1050000)::int)`
  const customer = `(n - 1) % ${customers} + 1`
  const all = series(customers * paymentsEach)
  return [
    `insert into orders (id, customer_id, plan_id, state, price_minor, currency, days, created_at, expires_at, paid_at)
     select ${idOf('ord')}, ${idOf('cus', customer)}, (select id from plans where not is_trial order by position limit 1), 'paid', 29900, 'RUB', 30,
       ${at}, ${at} + interval '1 hour', ${at} from ${all}`,
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, received_minor, received_currency, reference, created_at,
       expires_at, paid_at)
     select ${idOf('pay')}, ${idOf('ord')}, ${idOf('cus', customer)}, 'yookassa', 'paid', 29900, 'RUB', 29900, 'RUB', 'ref-' || n, ${at},
       ${at} + interval '1 hour', ${at} from ${all}`,
    `insert into ledger_postings (id, key, payment_id, at) select ${idOf('pst')}, 'sale:' || n, ${idOf('pay')}, ${at} from ${all}`,
    `insert into ledger_entries (posting_id, account, amount_minor, currency)
     select ${idOf('pst')}, side.account, side.amount, 'RUB' from ${all}
     cross join (values ('provider:yookassa', 29900), ('revenue', -29900)) as side (account, amount)`,
  ]
}

const told = ({ customers, noticesEach }: LargeShop): string[] => [
  `insert into notices (id, key, customer_id, subscription_id, state, notice, created_at, queued_at, sent_at)
   select ${idOf('ntc')}, 'seed:' || n, ${idOf('cus', `(n - 1) % ${customers} + 1`)}, ${idOf('sub', `(n - 1) % ${customers} + 1`)}, 'sent',
     '{"kind": "expired"}', :now - make_interval(mins => (n::bigint * 7919 % 1050000)::int), :now, :now
   from ${series(customers * noticesEach)}`,
]
