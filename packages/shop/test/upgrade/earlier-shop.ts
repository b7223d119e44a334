import { createCipheriv, randomBytes } from 'node:crypto'
import type { Database } from '@vpn-kiosk/db'

/** The migrations of the first version that had customers. */
export const earlierMigrations = ['2026-11-21-initial', '2026-11-21-guards', '2026-11-21-notices-queued-at']

export const customerCount = 1000

/** As that version sealed: bound to no place, under the key id `k1`. */
function seal(value: unknown, key: Uint8Array): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return ['k1', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
}

/**
 * Fills a database of that version with 1,000 customers, a hundred of each kind. The last digit of a customer's number
 * says what they have: 0 nothing granted yet, 1 a trial, 2 a month, 3 a queue of three periods, 4 a right that no
 * period explains, 5 an end, 6 a ban, 7 a cancellation, 8 more devices than allowed, 9 no subscription at all.
 */
export async function fillEarlierShop(db: Database, key: Uint8Array): Promise<void> {
  const secrets = seal({ uuid: 'of-an-earlier-version' }, key)
  const credentials = seal({ documents: [{ kind: 'link', uri: 'vless://earlier@host' }] }, key)
  const bare = seal({}, key)
  await db.transaction(async (em) => {
    for (const statement of [...people, ...rights, ...money, ...words]) await em.execute(statement)
    await em.execute(servers(bare))
    await em.execute(accesses, [secrets, credentials])
    await em.execute(deviceAccesses, [secrets, credentials])
  })
}

const of = (kinds: string) => `from generate_series(1, ${customerCount}) g where g % 10 in (${kinds})`
const number = `lpad(g::text, 6, '0')`
const gigabytes = 1_000_000_000

const people = [
  `insert into staff (id, telegram_id, name, role, created_at) values ('stf_agent1', 900, 'Agent', 'agent', now())`,
  `insert into plans (id, code, title, days, price_minor, currency, traffic_limit_bytes, device_limit, is_trial, position, created_at) values
     ('pln_trial1', 'trial', '{"ru":"Проба","en":"Trial"}', 3, 0, 'RUB', ${10 * gigabytes}, 1, true, 0, now()),
     ('pln_month1', 'month', '{"ru":"Месяц","en":"Month"}', 30, 19900, 'RUB', ${100 * gigabytes}, 3, false, 1, now()),
     ('pln_yearly', 'year', '{"ru":"Год","en":"Year"}', 365, 199900, 'RUB', null, 5, false, 2, now())`,
  `insert into customers (id, telegram_id, first_name, language, banned_at, trial_used_at, referral_code, notifications, last_active_at, created_at)
     select 'cus_' || ${number}, 100000 + g, 'Customer ' || g, case g % 2 when 0 then 'ru' else 'en' end,
       case when g % 10 = 6 then now() end, case when g % 10 in (1, 5) then now() - interval '40 days' end,
       'code' || g, '{"expiry": true, "news": true}', now(), now() - interval '90 days' ${of('0,1,2,3,4,5,6,7,8,9')}`,
  `insert into referrals (id, referrer_id, friend_id, joined_at)
     select 'ref_' || ${number}, 'cus_' || lpad((g - 1)::text, 6, '0'), 'cus_' || ${number}, now() ${of('3')}`,
]

const rights = [
  `insert into subscriptions (id, customer_id, plan_id, state, is_trial, starts_at, ends_at, traffic_limit_bytes, traffic_used_bytes, device_limit, token, created_at)
     select 'sub_' || ${number}, 'cus_' || ${number}, plan, state, kind = 1, starts, ends, allowance, used, devices, md5(g::text), now() - interval '80 days'
     from generate_series(1, ${customerCount}) g, lateral (select g % 10 as kind) k, lateral (select
       case kind when 0 then null when 1 then 'pln_trial1' when 8 then 'pln_yearly' else 'pln_month1' end as plan,
       case kind when 0 then 'pending' when 5 then 'expired' when 6 then 'suspended' when 7 then 'cancelled' else 'active' end as state,
       case kind when 0 then null when 1 then now() - interval '1 day' when 3 then now() - interval '45 days' when 5 then now() - interval '40 days'
         when 7 then now() - interval '50 days' else now() - interval '10 days' end as starts,
       case kind when 0 then null when 1 then now() + interval '2 days' when 3 then now() + interval '45 days' when 5 then now() - interval '10 days'
         when 7 then now() - interval '20 days' when 8 then now() + interval '355 days' else now() + interval '20 days' end as ends,
       case kind when 1 then ${10 * gigabytes} when 3 then ${300 * gigabytes} when 8 then null else ${100 * gigabytes} end as allowance,
       case kind when 0 then 0 when 3 then ${150 * gigabytes} + g else g * 1000 end as used,
       case kind when 1 then 1 else 3 end as devices) v
     where kind <> 9`,
  `insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
     select 'prd_' || substr(s.id, 5), s.id, s.plan_id, (case when s.is_trial then 'trial:' || s.customer_id else 'payment:pay_' || substr(s.id, 5) end),
       greatest(1, extract(day from s.ends_at - s.starts_at)::int), s.starts_at, s.ends_at, s.starts_at
     from subscriptions s where right(s.id, 1) in ('1', '2', '5', '6', '7', '8')`,
  `insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
     select 'prd_' || n || substr(s.id, 6), s.id, case n when 2 then null else s.plan_id end, 'three:' || n || ':' || s.id, 30,
       s.starts_at + (n - 1) * interval '30 days', s.starts_at + n * interval '30 days', s.starts_at
     from subscriptions s, generate_series(1, 3) n where right(s.id, 1) = '3'`,
  `insert into devices (id, subscription_id, name, protocol, created_at, revoked_at)
     select 'dev_' || n || substr(s.id, 6), s.id, 'Phone ' || n, 'wireguard', now(), case n when 5 then now() end
     from subscriptions s, generate_series(1, 5) n where right(s.id, 1) = '8' or (n = 1 and right(s.id, 1) in ('2', '5'))`,
]

const money = [
  `insert into orders (id, customer_id, plan_id, state, price_minor, currency, days, created_at, expires_at, paid_at)
     select 'ord_' || n || ${number}, 'cus_' || ${number}, 'pln_month1', case when n in (3, 7) then 'paid' when n <= 2 then 'open' else 'expired' end,
       19900, 'RUB', 30, now() - interval '2 hours', now() - interval '1 hour', case when n in (3, 7) then now() end
     from generate_series(1, ${customerCount}) g, generate_series(1, 7) n`,
  `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, reference, url, received_minor, received_currency, created_at, expires_at, paid_at, next_check_at)
     select 'pay_' || n || ${number}, 'ord_' || n || ${number}, 'cus_' || ${number}, 'fake',
       (array['created', 'pending', 'paid', 'canceled', 'expired', 'mismatch', 'refunded'])[n], 19900, 'RUB',
       case when n > 1 then 'inv-' || n || '-' || g end, case when n > 1 then 'https://pay.test/' || g end,
       case n when 3 then 19900 when 6 then 100 when 7 then 19900 end, case when n in (3, 6, 7) then 'RUB' end,
       now() - interval '2 hours', now() + interval '1 hour', case when n in (3, 7) then now() end, case when n <= 2 then now() + interval '1 hour' end
     from generate_series(1, ${customerCount}) g, generate_series(1, 7) n`,
  `insert into payment_steps (payment_id, before, after, cause, at) select id, null, 'created', 'checkout', created_at from payments`,
  `insert into ledger_postings (id, key, payment_id, at) select 'pst_' || substr(id, 5), 'sale:' || id, id, paid_at from payments where state = 'paid'`,
  `insert into ledger_entries (posting_id, account, amount_minor, currency)
     select p.id, e.account, e.amount, 'RUB' from ledger_postings p, (values ('provider:fake', 19900), ('revenue', -19900)) e (account, amount)`,
  `insert into payment_notices (id, provider, key, reference, summary, received_at, handled_at)
     select 'ntc_w' || ${number}, 'fake', 'event-' || g, 'inv-3-' || g, '{}', now(), case when g % 2 = 0 then now() end ${of('1,2')}`,
]

const words = [
  `insert into notices (id, key, customer_id, subscription_id, state, notice, created_at, sent_at, queued_at)
     select 'ntc_h' || ${number}, 'paid:pay_3' || ${number}, 'cus_' || ${number}, 'sub_' || ${number}, 'held',
       jsonb_build_object('kind', 'key_ready', 'subscriptionId', 'sub_' || ${number}, 'reason', 'purchase'), now(), null, null ${of('2')}`,
  `insert into notices (id, key, customer_id, state, notice, created_at, sent_at, queued_at)
     select 'ntc_' || state || ${number}, 'extended:' || state || g, 'cus_' || ${number}, state,
       jsonb_build_object('kind', 'extended_by_shop', 'subscriptionId', 'sub_' || ${number}, 'days', 3), now() - interval '2 hours',
       case state when 'queued' then null else now() end, now() - interval '2 hours'
     from generate_series(1, ${customerCount}) g, unnest(array['queued', 'sent', 'unreachable', 'outdated']) state where g % 10 in (1, 2, 3)`,
  `insert into tickets (id, customer_id, subject, state, priority, topic_id, created_at, closed_at, last_message_at)
     select 'tkt_' || n || ${number}, 'cus_' || ${number}, 'Help', case n when 1 then 'closed' else (array['open', 'waiting'])[1 + g % 2] end,
       'normal', case when g % 4 > 0 then n * 10000 + g end, now() - interval '1 day', case n when 1 then now() end, now()
     from generate_series(1, ${customerCount}) g, generate_series(1, 2) n where g % 10 in (2, 5, 9)`,
  `insert into ticket_messages (id, ticket_id, author, author_name, kind, text, source_message_id, copy_message_id, settled_at, created_at)
     select 'msg_' || n || substr(t.id, 5), t.id, case n when 3 then 'agent' else 'customer' end, 'Anna', 'text', 'Text ' || n, n,
       case n when 2 then null else n + 500 end, case n when 2 then null else now() end, now() from tickets t, generate_series(1, 3) n`,
  `insert into broadcasts (id, author_telegram_id, text, state, total, created_at, started_at) values
     ('brd_running1', 1, 'News', 'running', 600, now(), now()), ('brd_draft001', 1, 'Later', 'draft', 0, now(), null)`,
  `insert into broadcast_recipients (broadcast_id, customer_id, state, at)
     select 'brd_running1', 'cus_' || ${number}, (array['queued', 'sent', 'sending'])[1 + g % 3], case when g % 3 > 0 then now() end ${of('1,2,3,4,5,8')}`,
]

const servers = (secrets: string) => `
  with server as (
    insert into servers (id, name, country, city, host, capacity, state, created_at) values
      ('srv_shared1', 'ams-1', 'NL', 'Amsterdam', 'ams.test', 2000, 'active', now()),
      ('srv_shared2', 'ams-2', 'NL', 'Amsterdam', 'ams2.test', 2000, 'draining', now()),
      ('srv_devices', 'fra-1', 'DE', 'Frankfurt', 'fra.test', 2000, 'active', now()) returning id
  )
  insert into endpoints (id, server_id, driver, protocol, settings, secrets, health, created_at)
  select 'end_' || substr(id, 5), id, case id when 'srv_devices' then 'fake-wireguard' else 'fake-vless' end,
    case id when 'srv_devices' then 'wireguard' else 'vless' end, '{}', '${secrets}', 'up', now() from server`

/** Behind, settled, never applied, failing, leased and removed ones. */
const accesses = `
  insert into accesses (id, subscription_id, endpoint_id, secrets, desired_revision, applied_revision, credentials, applied_at, attempts, next_attempt_at,
    last_error, leased_until, upload_counter, download_counter, upload_bytes, download_bytes, created_at, removed_at)
  select 'acc_' || substr(e.id, 5, 7) || substr(s.id, 5), s.id, e.id, v.secrets, 2, case when k.kind in ('1', '7') then 1 when k.kind = '2' and e.id = 'end_shared1' then 0 else 2 end,
    case when k.kind = '2' and e.id = 'end_shared1' then null else v.credentials end, now(), case k.kind when '1' then 4 else 0 end, case when k.kind in ('1', '2', '7') then now() end,
    case k.kind when '1' then 'it does not answer' end, case k.kind when '1' then now() + interval '5 seconds' end, 500, 700, 500, 700, now(),
    case k.kind when '7' then now() end
  from subscriptions s, endpoints e, lateral (select right(s.id, 1) as kind) k, (values (?::text, ?::text)) v (secrets, credentials)
  where s.state <> 'pending' and e.driver = 'fake-vless'`

const deviceAccesses = `
  insert into accesses (id, subscription_id, endpoint_id, device_id, secrets, address, desired_revision, applied_revision, credentials, applied_at,
    upload_counter, download_counter, upload_bytes, download_bytes, created_at, removed_at)
  select 'acc_d' || substr(d.id, 5), d.subscription_id, 'end_devices', d.id, v.secrets, '10.8.' || row_number() over (order by d.id), 2, 2, v.credentials, now(),
    0, 0, 0, 0, now(), d.revoked_at
  from devices d, (values (?::text, ?::text)) v (secrets, credentials)`
