import type { Database, EntityManager } from '@vpn-kiosk/db'
import { type CustomerId, newId, type PaymentId, randomText } from '@vpn-kiosk/domain'

/*
 * What a process of the first version writes, statement by statement: during an update some of them still run while the
 * database is a newer one.
 */

/** Sends a text as it was, with its values beside it. */
async function send<Row>(em: EntityManager, text: string, values: readonly unknown[]): Promise<Row[]> {
  const query = { kind: 'RawNode', sqlFragments: [text], parameters: [] } as const
  const queryId = { queryId: 'earlier' }
  return (await em.getKysely().executeQuery<Row>({ sql: text, parameters: values, query, queryId })).rows
}

export interface EarlierPeriod {
  readonly customerId: CustomerId
  readonly key: string
  readonly days: number
  readonly planId: string | null
}

/** Grants days as the first version does: it knows one right a customer, whose limits it adds up. */
export const extendAsBefore = (db: Database, period: EarlierPeriod, now: Date): Promise<void> =>
  db.transaction((em) => extend(em, period, now))

async function extend(em: EntityManager, { customerId, key, days, planId }: EarlierPeriod, now: Date): Promise<void> {
  const [before] = await send<{ id: string; ends_at: Date | null }>(em, lockStatement, [
    customerId,
    newId('subscription'),
    3,
    randomText(32),
    now,
  ])
  const from = before?.ends_at && new Date(before.ends_at) > now ? new Date(before.ends_at) : now
  const endsAt = new Date(from.getTime() + days * 86_400_000)
  await send(em, grantStatement, [newId('period'), before!.id, planId, key, days, from, endsAt, now])
}

const lockStatement = `
  with customer as materialized (select id, banned_at is not null as is_banned from customers where id = $1 for share)
  insert into subscriptions as s (id, customer_id, state, is_trial, traffic_used_bytes, device_limit, token, created_at)
  select $2, customer.id, 'pending', false, 0, $3, $4, $5 from customer
  on conflict (customer_id) do update set device_limit = s.device_limit
  returning s.id, s.state, s.is_trial, s.plan_id, s.starts_at, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes,
    s.device_limit, (select is_banned from customer)`

/** The limits: those of the plan on top of what is left, as its `mergedLimits` has it. */
const grantStatement = `
  with period as (
    insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (key) do nothing returning subscription_id
  )
  update subscriptions s set plan_id = coalesce($3, s.plan_id), state = 'active', is_trial = s.is_trial and $3::text is null,
    starts_at = case when s.ends_at > $8 then s.starts_at else $8 end, ends_at = $7,
    traffic_limit_bytes = case when $3::text is null then s.traffic_limit_bytes else s.traffic_limit_bytes + (select traffic_limit_bytes from plans where id = $3) end,
    device_limit = greatest(s.device_limit, coalesce((select device_limit from plans where id = $3), 0))
  from period where s.id = period.subscription_id returning s.id`

/** Settles a payment: state, history, books, order, period and what is told, in one transaction. */
export function settleAsBefore(
  db: Database,
  payment: { readonly id: PaymentId; readonly customerId: CustomerId },
  now: Date,
): Promise<void> {
  return db.transaction(async (em) => {
    await send(em, moveStatement, [
      payment.id,
      ['created', 'pending'],
      'paid',
      19900,
      'RUB',
      null,
      'paid',
      now,
      newId('posting'),
      `sale:${payment.id}`,
      ['provider:fake', 'revenue'],
      [19900, -19900],
      ['RUB', 'RUB'],
    ])
    await send(
      em,
      `with bought as (
         update orders set state = 'paid', paid_at = case when state = 'paid' then paid_at else $2 end
         where id = (select order_id from payments where id = $1) returning days, plan_id
       )
       select bought.days, plans.id, plans.is_trial, plans.traffic_limit_bytes, plans.device_limit
       from bought join plans on plans.id = bought.plan_id`,
      [payment.id, now],
    )
    const { customerId } = payment
    await extend(em, { customerId, key: `payment:${payment.id}`, days: 30, planId: 'pln_month1' }, now)
    await wishAccess(em, customerId, now)
    await send(em, noticeStatement, [
      newId('notification'),
      `paid:${payment.id}`,
      customerId,
      null,
      JSON.stringify({ kind: 'renewed', subscriptionId: 'sub_any', days: 30 }),
      now,
      ['fake-vless'],
    ])
    await send(em, 'insert into activities (customer_id, kind, at) values ($1, $2, $3)', [customerId, 'paid', now])
  })
}

const moveStatement = `
  with before as materialized (
    select id, state, received_minor, received_currency from payments where id = $1 for update
  ), moved as (
    update payments p set state = $3, received_minor = coalesce($4, p.received_minor),
      received_currency = coalesce($5, p.received_currency), reason = coalesce($6, p.reason),
      paid_at = case when $3 = 'paid' then $8 else p.paid_at end, next_check_at = null
    from before where p.id = before.id and before.state = any($2) returning p.id
  ), step as (
    insert into payment_steps (payment_id, before, after, cause, at)
    select moved.id, before.state, $3, $7, $8 from moved join before on before.id = moved.id
  ), posting as (
    insert into ledger_postings (id, key, payment_id, at) select $9, $10, id, $8 from moved where $10::text is not null returning id
  ), entries as (
    insert into ledger_entries (posting_id, account, amount_minor, currency)
    select posting.id, entry.* from posting, unnest($11::text[], $12::bigint[], $13::text[]) as entry
  )
  select before.state, before.received_minor, before.received_currency from before join moved on moved.id = before.id`

const noticeStatement = `
  insert into notices (id, key, customer_id, subscription_id, state, notice, created_at, queued_at)
  select $1, $2, $3, $4, case when is_held then 'held' else 'queued' end, $5, $6, case when is_held then null else $6::timestamptz end
  from (select $7::text[] is not null and (
    not exists (select 1 from endpoints) or exists (select 1 from endpoints where driver = any($7))
  ) as is_held) as waiting
  on conflict (key) do nothing returning id, state`

/** Adds the accesses that a subscription lacks, and wishes the others once more. */
async function wishAccess(em: EntityManager, customerId: CustomerId, now: Date): Promise<void> {
  await send(
    em,
    `insert into accesses (id, endpoint_id, secrets, subscription_id, desired_revision, applied_revision, next_attempt_at,
       upload_counter, download_counter, upload_bytes, download_bytes, created_at)
     select 'acc_' || substr(md5(s.id || e.id), 1, 20), e.id, (select secrets from accesses limit 1), s.id, 1, 0, $2, 0, 0, 0, 0, $2
     from subscriptions s, endpoints e where s.customer_id = $1 and e.driver = 'fake-vless'
     on conflict do nothing`,
    [customerId, now],
  )
  await send(
    em,
    `update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $1
     where subscription_id = (select id from subscriptions where customer_id = $2) and removed_at is null returning id`,
    [now, customerId],
  )
}

/** Counts traffic, ends what has run out, adds a device, and writes down a ticket with its topic. */
export async function workAsBefore(
  db: Database,
  of: { readonly traffic: string; readonly device: string; readonly ticket: CustomerId },
  now: Date,
): Promise<void> {
  await db.em().execute(
    `with read as (
       select * from jsonb_to_recordset(?::jsonb) as r(id text, up bigint, down bigint, seen timestamptz)
     ), added as (
       update accesses a set
         upload_bytes = a.upload_bytes + case when r.up >= a.upload_counter then r.up - a.upload_counter else r.up end,
         download_bytes = a.download_bytes + case when r.down >= a.download_counter then r.down - a.download_counter else r.down end,
         upload_counter = r.up, download_counter = r.down, last_seen_at = coalesce(r.seen, a.last_seen_at)
       from read r, accesses before where a.id = r.id and before.id = a.id and a.endpoint_id = ?
       returning a.subscription_id, a.upload_bytes + a.download_bytes - before.upload_bytes - before.download_bytes as bytes
     )
     update subscriptions s set traffic_used_bytes = s.traffic_used_bytes + t.bytes
     from (select subscription_id, sum(bytes)::bigint as bytes from added group by subscription_id) t where s.id = t.subscription_id and t.bytes > 0`,
    [JSON.stringify([{ id: of.traffic, up: 1500, down: 700, seen: now }]), 'end_shared1'],
  )
  await db.em().execute(
    `update subscriptions set state = 'expired' where id in (
       select id from subscriptions where state = 'active' and ends_at <= ? order by ends_at limit 100 for update skip locked
     )`,
    [now],
  )
  await db.transaction(async (em) => {
    await em.execute(
      `insert into devices (id, subscription_id, name, protocol, created_at) values ('dev_earlier', ?, 'New', 'wireguard', ?)`,
      [of.device, now],
    )
    await em.execute(
      `insert into accesses (id, subscription_id, endpoint_id, device_id, secrets, address, desired_revision, applied_revision, next_attempt_at,
         upload_counter, download_counter, upload_bytes, download_bytes, created_at)
       values ('acc_earlier', ?, 'end_devices', 'dev_earlier', (select secrets from accesses limit 1), '10.9.0.9', 1, 0, ?, 0, 0, 0, 0, ?)`,
      [of.device, now, now],
    )
  })
  await db.transaction(async (em) => {
    await em.execute(
      `insert into tickets (id, customer_id, subject, state, priority, created_at, last_message_at)
       values ('tkt_earlier', ?, 'Help', 'open', 'normal', ?, ?)`,
      [of.ticket, now, now],
    )
    await em.execute(
      `insert into ticket_messages
         (id, ticket_id, author, author_name, kind, text, source_message_id, album_id, reply_to_id, settled_at, created_at)
       values ('msg_earlier', 'tkt_earlier', 'customer', 'Anna', 'text', 'It does not work', 77, null, null, null, ?)
       on conflict (ticket_id, author, source_message_id) do nothing returning id`,
      [now],
    )
    await em.execute(`update tickets set topic_id = 4242, topic_claimed_at = null where id = 'tkt_earlier'`)
  })
}
