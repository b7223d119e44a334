import { randomBytes } from 'node:crypto'
import type { Database } from '@vpn-kiosk/db'
import { createEarlierDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { dayMs } from '@vpn-kiosk/domain'
import { openQueue } from '@vpn-kiosk/queue'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../src/testing.ts'
import { extendAsBefore, settleAsBefore, workAsBefore } from './upgrade/earlier-process.ts'
import { customerCount, earlierMigrations, fillEarlierShop } from './upgrade/earlier-shop.ts'

const key = randomBytes(32)
const earlierSales = 5

let fixture: TestDatabase
let before: ReadonlyMap<string, string>
let after: ReadonlyMap<string, string>
let allowances: ReadonlyMap<string, string>
let world: TestShop

beforeAll(async () => {
  fixture = await createEarlierDatabase(inject('postgresUrl'), earlierMigrations)
  await fillEarlierShop(fixture.database, key)
  const queue = await openQueue({ url: fixture.url, onError: () => {} })
  for (let n = 0; n < earlierSales; n++)
    await queue.enqueue('tell-staff', { notice: { kind: 'sale', paymentId: `pay_300000${n + 1}` } })
  await queue.enqueue('run-broadcast', { broadcastId: 'brd_running1' })
  await queue.close()
  const columns = await readColumns(fixture.database)
  before = await fingerprint(fixture.database, columns)
  allowances = await readAllowances(fixture.database, 'traffic_limit_bytes')
  await fixture.database.migrate()
  after = await fingerprint(fixture.database, columns)
  world = await createTestShop(inject('postgresUrl'), { fixture, vaultKey: key, startsAt: new Date() })
}, 120_000)
afterAll(() => world?.close())

const cus = (n: number) => `cus_${String(n).padStart(6, '0')}` as const
const sub = (n: number) => `sub_${String(n).padStart(6, '0')}` as const

/** Of each table the columns of the earlier version, without what migrations change or drop on purpose. */
async function readColumns(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await db.em().execute<{ table: string; columns: string }[]>(
    `select table_name as table, string_agg('"' || column_name || '"', ', ' order by column_name) as columns
     from information_schema.columns where table_schema = 'public' and table_name not in ('migrations', 'promo_codes', 'gifts')
       and (table_name, column_name) not in (('subscriptions', 'traffic_limit_bytes'), ('subscriptions', 'state')) group by table_name`,
  )
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

async function fingerprint(db: Database, columns: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const [table, names] of columns) {
    // What the migration adds is no change of what was there.
    const added = table === 'subscription_periods' ? `where key not like 'before:%'` : ''
    const [row] = await db
      .em()
      .execute<{ hash: string }[]>(
        `select count(*) || ':' || coalesce(md5(string_agg(line, chr(10) order by line)), '') as hash from (select row(${names})::text as line from ${table} ${added}) lines`,
      )
    found.set(table, row!.hash)
  }
  return found
}

async function readAllowances(db: Database, sum: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .em()
    .execute<{ id: string; total: string | null }[]>(`select s.id, (${sum})::text as total from subscriptions s`)
  return new Map(rows.map(({ id, total }) => [id, total ?? 'unlimited']))
}

const openAllowance = `case when s.ends_at is null or s.ends_at <= now() then s.traffic_limit_bytes
  else (select sum(p.traffic_limit_bytes) from subscription_periods p where p.subscription_id = s.id and p.ends_at > now()) end`

/** Subscriptions whose open stretches leave a gap, overlap, or do not end when the right does. */
const broken = (db: Database, at: Date) =>
  db.em().execute<{ id: string }[]>(
    `select s.id from subscriptions s where s.ends_at > ? and (
       s.ends_at <> (select max(ends_at) from subscription_periods p where p.subscription_id = s.id)
       or abs(extract(epoch from s.ends_at - ?::timestamptz) - (
         select sum(extract(epoch from p.ends_at - greatest(p.starts_at, ?::timestamptz))) from subscription_periods p
         where p.subscription_id = s.id and p.ends_at > ?)) > 0.01
       or not exists (select 1 from subscription_periods p where p.id = s.stretch_id and p.subscription_id = s.id
         and p.starts_at <= ? and p.ends_at > ?
         and p.traffic_limit_bytes is not distinct from s.traffic_limit_bytes and p.device_limit = s.device_limit)
     ) order by s.id`,
    [at, at, at, at, at, at],
  )

const miscounted = (db: Database) =>
  db
    .em()
    .execute(
      `select id from endpoints e where places_taken <> (select count(*) from accesses a where a.endpoint_id = e.id and a.removed_at is null)`,
    )

describe('a shop of the first version that is migrated', () => {
  test('has a customer of every kind, and no row of theirs was lost or changed', async () => {
    const [row] = await fixture.database.em().execute<{ customers: number; states: number; payments: number }[]>(
      `select (select count(*)::int from customers) as customers, (select count(distinct state)::int from subscriptions) as states,
           (select count(distinct state)::int from payments) as payments`,
    )
    // A subscription that was canceled has expired: no code tells the two apart.
    expect(row).toEqual({ customers: customerCount, states: 4, payments: 7 })
    expect(after).toEqual(before)
  })

  test('has stretches that add up to everybody’s end, with all the traffic that was left', async () => {
    expect(await broken(fixture.database, new Date())).toEqual([])
    expect(await readAllowances(fixture.database, openAllowance)).toEqual(allowances)
  })

  test('has counted its places, and knows whose devices are too many', async () => {
    expect(await miscounted(fixture.database)).toEqual([])
    const [row] = await fixture.database
      .em()
      .execute<{ surplus: number }[]>(
        `select count(*)::int as surplus from subscriptions where surplus_closes_at is not null and right(id, 1) = '8'`,
      )
    expect(row?.surplus).toBe(customerCount / 10)
  })

  test('keeps what staff were to be told while the processes were replaced', async () => {
    await world.queue.work('tell-staff', async ({ notice: notification }) => {
      if (notification) await world.shop.adoptStaffAlert(notification)
    })
    const sales = () =>
      fixture.database.em().execute(`select count(*)::int as count from staff_events where notice ->> 'kind' = 'sale'`)
    await expect.poll(sales, { timeout: 30_000 }).toEqual([{ count: earlierSales }])
  })

  test('goes on with the broadcast that was running', async () => {
    expect(await world.shop.listRunningBroadcasts()).toEqual(['brd_running1'])
    const seen = await world.shop.getBroadcastCard(1n, 'brd_running1')
    expect(seen).toMatchObject({ value: { progress: { total: 600, sent: 200 } } })
  })

  test('provisions what was behind with the secrets that were sealed before, and lets go what waited for it', async () => {
    const held = `select count(*)::int as count from notices where state = 'held'`
    expect(await fixture.database.em().execute(held)).toEqual([{ count: customerCount / 10 }])
    world.clock.advance(60_000)
    const behind = await fixture.database
      .em()
      .execute<{ id: `acc_${string}` }[]>(
        `select id from accesses where applied_revision < desired_revision and endpoint_id = 'end_shared1'`,
      )
    expect(behind).toHaveLength((3 * customerCount) / 10)
    for (const { id } of behind) expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'applied' })
    expect(await fixture.database.em().execute(held)).toEqual([{ count: 0 }])
    expect((await world.shop.getKey(cus(12)))?.waysIn.length).toBeGreaterThan(0)
  })
})

describe('processes of the first version that still run on the new schema', () => {
  test('grant time that the sweep gives limits, and nobody’s end or allowance is lost', async () => {
    const now = world.clock.now()
    const kinds = [0, 1, 2, 3, 4, 5, 7, 8, 9].map((kind) => 500 + kind)
    const endsBefore = await readEnds()
    const allowedBefore = await readAllowances(fixture.database, openAllowance)
    for (const n of kinds)
      await extendAsBefore(
        fixture.database,
        { customerId: cus(n), key: `payment:pay_old${n}`, days: 30, planId: 'pln_month1' },
        now,
      )
    await extendAsBefore(
      fixture.database,
      { customerId: cus(512), key: 'referral:ref_old', days: 7, planId: null },
      now,
    )

    await world.shop.startStretches()
    expect(
      await fixture.database.em().execute('select id from subscription_periods where device_limit is null'),
    ).toEqual([])
    expect(await broken(fixture.database, now)).toEqual([])

    const ends = await readEnds()
    for (const n of kinds) {
      const from = Math.max(now.getTime(), endsBefore.get(cus(n)) ?? 0)
      expect(ends.get(cus(n)), cus(n)).toBe(from + 30 * dayMs)
    }
    expect(ends.get(cus(512))).toBe(endsBefore.get(cus(512))! + 7 * dayMs)
    const allowed = await readAllowances(fixture.database, openAllowance)
    const gained = (n: number) => BigInt(allowed.get(sub(n))!) - BigInt(allowedBefore.get(sub(n))!)
    for (const n of [502, 503, 504]) expect(gained(n), sub(n)).toBe(100_000_000_000n)
    expect(allowed.get(sub(508))).not.toBe('0')
  })

  test('settle payments whose key the new processes deliver', async () => {
    const now = world.clock.now()
    const payments = [602, 609].map((n) => ({ id: `pay_2${String(n).padStart(6, '0')}` as const, customerId: cus(n) }))
    for (const payment of payments) await settleAsBefore(fixture.database, payment, now)
    await world.shop.startStretches()
    world.clock.advance(30_000)
    await world.shop.sweepAccesses()
    for (const { id } of payments) expect(await world.shop.settlePayment(id)).toEqual({ kind: 'already_settled' })
    const behind = await fixture.database.em().execute<{ id: `acc_${string}` }[]>(
      `select a.id from accesses a join subscriptions s on s.id = a.subscription_id
         where a.applied_revision < a.desired_revision and s.customer_id in (?, ?)`,
      payments.map(({ customerId }) => customerId),
    )
    for (const { id } of behind) expect(await world.shop.provisionAccess(id)).toEqual({ kind: 'applied' })
    for (const { customerId } of payments)
      expect((await world.shop.getKey(customerId))?.waysIn.length).toBeGreaterThan(0)
    expect(await miscounted(fixture.database)).toEqual([])
  })

  test('count traffic, end rights, add devices and write tickets', async () => {
    const used = () =>
      fixture.database
        .em()
        .execute(`select traffic_used_bytes::int as used from subscriptions where id = ?`, [sub(702)])
    await workAsBefore(
      fixture.database,
      { traffic: `acc_shared1000702`, device: sub(712), ticket: cus(711) },
      world.clock.now(),
    )
    expect(await used()).toEqual([{ used: 703_000 }])
    expect((await world.shop.listDevices(cus(712)))?.devices.map(({ name }) => name)).toContain('New')
    expect(await miscounted(fixture.database)).toEqual([])
    expect(await world.shop.findBareTopic({ ticketId: 'tkt_earlier' })).toMatchObject({ topicId: 4242 })
  })
})

const readEnds = async (): Promise<ReadonlyMap<string, number>> => {
  const rows = await fixture.database
    .em()
    .execute<{ customer_id: string; ends_at: Date | string | null }[]>(
      'select customer_id, ends_at from subscriptions where ends_at is not null',
    )
  return new Map(rows.map((row) => [row.customer_id, new Date(row.ends_at!).getTime()]))
}

test('a migration while processes of the first version settle payments harms neither', async () => {
  const other = await createEarlierDatabase(inject('postgresUrl'), earlierMigrations)
  try {
    await fillEarlierShop(other.database, key)
    let isOver = false
    let settled = 0
    const settle = async (first: number) => {
      for (let n = first; n <= customerCount && !isOver; n += 4) {
        await settleAsBefore(
          other.database,
          { id: `pay_2${String(n).padStart(6, '0')}`, customerId: cus(n) },
          new Date(),
        )
        settled += 1
      }
    }
    const settling = Promise.all([1, 2, 3, 4].map(settle))
    await expect.poll(() => settled).toBeGreaterThan(8)
    await other.database.migrate()
    const settledUntilThen = settled
    await expect.poll(() => settled).toBeGreaterThan(settledUntilThen + 8)
    isOver = true
    await settling
    const [row] = await other.database.em().execute<{ paid: number; periods: number }[]>(
      `select (select count(*)::int from payments where state = 'paid' and id like 'pay_2%') as paid,
         (select count(*)::int from subscription_periods where key like 'payment:pay_2%') as periods`,
    )
    expect(row).toEqual({ paid: settled, periods: settled })
    expect(await other.database.pendingMigrations()).toEqual([])
  } finally {
    await other.drop()
  }
})
