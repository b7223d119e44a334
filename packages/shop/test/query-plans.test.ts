import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

/*
 * The plans of what runs every few seconds or on a screen, in a shop large enough that Postgres would rather not read a
 * whole table: none of them does. A page of rows is taken by an array of ids: for `id in (select …)` Postgres joins, and reads
 * all of the table where the page looks like a good part of it.
 */

const customers = 50_000
let world: TestShop

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer(world.vless, customers * 2)
  await world.addServer(world.vless, customers * 2)
  const em = world.fixture.database.em()
  await em.execute(`insert into customers (id, telegram_id, first_name, language, is_language_chosen, referral_code,
      notifications, last_active_at, created_at)
    select 'cus_' || lpad(n::text, 10, '0'), 5000000 + n, 'Customer', 'ru', true, 'ref' || n, '{}', now(), now()
    from generate_series(1, ${customers}) as n`)
  await em.execute(`insert into subscriptions (id, customer_id, state, is_trial, starts_at, ends_at, traffic_used_bytes, device_limit, token, created_at)
    select 'sub_' || lpad(n::text, 10, '0'), 'cus_' || lpad(n::text, 10, '0'), case when n % 3 = 0 then 'expired' else 'active' end, false,
      timestamptz '2026-11-01', timestamptz '2026-11-21 09:00' + make_interval(hours => case when n % 3 = 0 then -(n % 9000) - 1 else n % 700 + 1 end),
      0, 3, md5('token' || n), timestamptz '2026-11-01'
    from generate_series(1, ${customers}) as n`)
  await em.execute(`insert into renewals (subscription_id, source, next_at, ends_at, done_step, switched_at)
    select id, 'balance', ends_at + interval '48 hours', ends_at, 'try_late', created_at from subscriptions where state = 'active'`)
  await em.execute(`insert into accesses (id, subscription_id, endpoint_id, secrets, desired_revision, applied_revision, credentials, applied_at,
      upload_counter, download_counter, upload_bytes, download_bytes, created_at, asked_at, ended_at)
    select 'acc_' || s.id || substr(e.id, 5, 6), s.id, e.id, '-', 1, 1, '-', s.created_at, 0, 0, 0, 0, s.created_at, s.created_at,
      case when s.state = 'expired' then s.ends_at end
    from subscriptions s cross join endpoints e`)
  // A page of each of many servers looks to Postgres like a good part of the table.
  for (let count = 0; count < 30; count++) await world.addServer(world.vless, 1)
  await em.execute(`update servers set state = 'disabled' where capacity = 1`)
  await em.execute('vacuum analyze')
}, 180_000)
afterAll(() => world.close())

/** From its sixth time on Postgres may run a prepared statement by a plan that knows none of its values. */
const timesUntilGeneric = 6

const large = ['accesses', 'subscriptions', 'customers', 'renewals']

/** How often each large table was read from end to end. Work that waits for each answer runs on one connection, whose counts are asked for at once. */
async function countScans(): Promise<Map<string, number>> {
  const em = world.fixture.database.em()
  await em.execute('select pg_stat_force_next_flush()')
  const rows = await em.execute<{ relname: string; seq_scan: string }[]>(
    'select relname, seq_scan from pg_stat_user_tables',
  )
  return new Map(rows.map((row) => [row.relname, Number(row.seq_scan)]))
}

async function scannedBy(work: () => Promise<unknown>): Promise<string[]> {
  const before = await countScans()
  await work()
  const after = await countScans()
  return large.filter((table) => (after.get(table) ?? 0) > (before.get(table) ?? 0))
}

test('a whole table that is read shows', async () => {
  expect(await scannedBy(() => world.fixture.database.em().execute('select sum(upload_bytes) from accesses'))).toEqual([
    'accesses',
  ])
})

test.each<[string, () => Promise<unknown>]>([
  ['the count of who paid and has nothing', () => world.shop.countUndelivered()],
  ['the room that is left', () => world.shop.getRoom()],
  ['the list of servers', () => world.shop.listServers('operator')],
  ['what waits', () => world.shop.getBacklog()],
  ['the end of rights', () => world.shop.expireSubscriptions()],
  ['the sweep of accesses', () => world.shop.sweepAccesses()],
  ['a search by a part of a name', () => world.shop.findCustomers('operator', 'stomer 4')],
  ['a search that finds nobody', () => world.shop.findCustomers('operator', 'nobody at all')],
  ['a search by two letters', () => world.shop.findCustomers('operator', 'zq')],
  ['a search by number', () => world.shop.findCustomers('operator', '5000777')],
  ['a search by username', () => world.shop.findCustomers('operator', '@anna')],
  ['the list of who ends soon', () => world.shop.listCustomers('operator', 'ending')],
  ['the list of who tries', () => world.shop.listCustomers('operator', 'trial')],
  ['the list of who ended', () => world.shop.listCustomers('operator', 'expired')],
  ['the list of the banned', () => world.shop.listCustomers('operator', 'banned')],
  ['the list of the newest', () => world.shop.listCustomers('operator', 'newest')],
  ['the start of stretches', () => world.shop.startStretches()],
  ['the end of freezes', () => world.shop.endFreezes()],
  ['the sweep of notifications', () => world.shop.sweepNotifications()],
  ['auto-renewals that are due', () => world.shop.renewSubscriptions()],
  ['the sweep of payments', () => world.shop.sweepPayments()],
  ['the prices of one customer', () => world.shop.listPlans('cus_0000000777')],
])('%s reads no large table from end to end', async (_what, work) => {
  for (let times = 0; times < timesUntilGeneric; times++) await work()
  expect(await scannedBy(work)).toEqual([])
})

test('a purchase reads no large table from end to end', async () => {
  const customer = await world.addCustomer()
  const { paymentId, reference } = await world.openInvoice(customer)
  world.provider.pay(reference)
  expect(await scannedBy(() => world.shop.settlePayment(paymentId))).toEqual([])
})

test('reminders read only ends that came near since the last time', async () => {
  await world.shop.remindExpiry()
  const lookups = async () => {
    const em = world.fixture.database.em()
    await em.execute('select pg_stat_force_next_flush()')
    const [row] = await em.execute<{ count: string }[]>(
      `select idx_scan as count from pg_stat_user_indexes where indexrelname = 'notifications_key_unique'`,
    )
    return Number(row?.count)
  }
  const before = await lookups()
  world.clock.advance(60_000)
  await world.shop.remindExpiry()
  expect((await lookups()) - before).toBeLessThan(500)
})

test('payments in a rare state are read by that state, not looked for among all', async () => {
  const { paymentId } = await world.openInvoice(await world.addCustomer())
  const em = world.fixture.database.em()
  await em.execute(
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, created_at, expires_at)
     select 'pay_' || lpad(n::text, 10, '0'), order_id, customer_id, provider, case when n = 1 then 'refunded' else 'paid' end, 100, currency,
       created_at - make_interval(mins => n), expires_at from payments, generate_series(1, 20000) as n where id = ?`,
    [paymentId],
  )
  await em.execute('analyze payments')
  const uses = async () => {
    await em.execute('select pg_stat_force_next_flush()')
    const [row] = await em.execute<{ count: string }[]>(
      `select idx_scan as count from pg_stat_user_indexes where indexrelname = 'payments_state_created_at_index'`,
    )
    return Number(row?.count)
  }
  const before = await uses()
  const seen = await world.shop.inspectPayments('operator', { state: 'refunded' })
  expect(seen).toMatchObject({
    kind: 'seen',
    value: { lines: [{ id: 'pay_0000000001', state: 'refunded' }], olderThan: null },
  })
  expect(await uses()).toBeGreaterThan(before)
})
