import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Database, openDatabase } from '../src/index.ts'
import { migrations } from '../src/migrations/index.ts'

const own = '2026-11-26-stretches'
const gigabyte = 1024n ** 3n
const name = `kiosk_${randomBytes(6).toString('hex')}`
let database: Database

const asAdmin = async (sql: string) => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query(sql)
  await client.end()
}

beforeAll(async () => {
  await asAdmin(`create database ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  database = await openDatabase(url.href, 2)
  const names = migrations.map((migration) => migration.name)
  await database.migrate(names.slice(0, names.indexOf(own)))
})
afterAll(async () => {
  await database.close()
  await asAdmin(`drop database ${name} with (force)`)
})

const run = (sql: string, values: unknown[] = []) => database.em().execute(sql, values)

interface Row {
  readonly key: string
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
  readonly device_limit: number
}

const rowsOf = (subscription: string): Promise<Row[]> =>
  database
    .em()
    .execute<Row[]>(
      `select key, traffic_limit_bytes, traffic_used_bytes, device_limit from subscription_periods where subscription_id = ? order by starts_at`,
      [subscription],
    )

/** Stores a customer whose subscription ends in some days, as processes before this migration did. */
async function addOld(id: string, days: number, limit: bigint | null, used: bigint, devices: number) {
  await run(
    `insert into customers (id, telegram_id, first_name, language, referral_code, notifications, last_active_at, created_at)
     values (?, ?, 'A', 'ru', ?, '{"expiry": true, "news": true}', now(), now())`,
    [`cus_${id}`, id.charCodeAt(0), id],
  )
  await run(
    `insert into subscriptions (id, customer_id, state, is_trial, starts_at, ends_at, traffic_limit_bytes, traffic_used_bytes, device_limit, token, created_at)
     values (?, ?, 'active', false, now() - interval '10 days', now() + make_interval(days => ?), ?, ?, ?, ?, now())`,
    [`sub_${id}`, `cus_${id}`, days, limit, used, devices, id],
  )
}

const addPeriod = (id: string, key: string, from: number, to: number) =>
  run(
    `insert into subscription_periods (id, subscription_id, key, days, starts_at, ends_at, created_at)
     values (?, ?, ?, ?, now() + make_interval(days => ?), now() + make_interval(days => ?), now())`,
    [`prd_${key}`, `sub_${id}`, key, to - from, from, to],
  )

test('customers keep their time, their traffic and their devices through the migration', async () => {
  await addOld('a', 30, 90n * gigabyte, 30n * gigabyte, 5)
  await addPeriod('a', 'a-old', -40, -10)
  await addPeriod('a', 'a-now', -10, 20)
  await addPeriod('a', 'a-next', 20, 30)
  await addOld('b', 5, null, 7n, 3)
  await addOld('c', -5, 10n, 10n, 2)
  await database.migrate([own])

  expect(await rowsOf('sub_a')).toMatchObject([
    { key: 'a-old', device_limit: 5 },
    { key: 'a-now', device_limit: 5, traffic_used_bytes: String(30n * gigabyte) },
    { key: 'a-next', device_limit: 5, traffic_used_bytes: '0' },
  ])
  const [, now, next] = await rowsOf('sub_a')
  const left = BigInt(now!.traffic_limit_bytes!) - 30n * gigabyte + BigInt(next!.traffic_limit_bytes!)
  expect(left).toBe(60n * gigabyte)
  expect(Number(next!.traffic_limit_bytes) / Number(gigabyte)).toBeCloseTo(20, 3)
  expect(await rowsOf('sub_b')).toEqual([
    { key: 'before:sub_b', traffic_limit_bytes: null, traffic_used_bytes: '7', device_limit: 3 },
  ])
  expect(await rowsOf('sub_c')).toMatchObject([{ key: 'before:sub_c', device_limit: 2 }])
  expect(
    await run(
      `select id, stretch_id, stretch_ends_at = ends_at as is_last, device_limit from subscriptions where ends_at > now() order by id`,
    ),
  ).toEqual([
    { id: 'sub_a', stretch_id: 'prd_a-now', is_last: false, device_limit: 5 },
    { id: 'sub_b', stretch_id: 'prd_b', is_last: true, device_limit: 3 },
  ])
})
