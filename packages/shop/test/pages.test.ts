import { dayMs, hourMs, minuteMs } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'

/* A shop that is larger than any page that a sweep reads at once. */

let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterEach(() => world.close())

const em = () => world.fixture.database.em()
const countOf = async (sql: string) =>
  (await em().execute<{ count: number }[]>(`select count(*)::int as count from ${sql}`))[0]!.count

async function fill(people: number): Promise<void> {
  const now = world.clock.now()
  await em().execute(
    `insert into customers (id, telegram_id, first_name, language, referral_code, notifications, last_active_at, created_at)
     select 'cus_p' || i, 100000 + i, 'P', 'ru', 'p' || i, '{"expiry": true, "news": true}', ?, ? from generate_series(1, ?::int) i`,
    [now, now, people],
  )
  await em().execute(
    `insert into subscriptions (id, customer_id, state, is_trial, starts_at, ends_at, traffic_used_bytes, device_limit, token, created_at)
     select 'sub_p' || i, 'cus_p' || i, 'active', false, ?, ?, 0, 3, 'token' || i, ? from generate_series(1, ?::int) i`,
    [now, new Date(now.getTime() + 30 * dayMs), now, people],
  )
}

describe('a sweep reads page after page', () => {
  test('of subscriptions that end', async () => {
    await fill(250)
    world.clock.advance(30 * dayMs)
    expect(await world.shop.expireSubscriptions()).toBe(250)
    expect(await countOf(`notifications where content->>'kind' = 'expired'`)).toBe(250)
  })

  test('of reminders', async () => {
    await fill(1100)
    world.clock.advance(29 * dayMs + hourMs)
    expect(await world.shop.remindExpiry()).toBe(1100)
    expect(await world.shop.remindExpiry()).toBe(0)
  })

  test('of payments to check', async () => {
    await fill(450)
    const now = world.clock.now()
    await em().execute(
      `insert into orders (id, customer_id, plan_id, state, price_minor, currency, days, created_at, expires_at)
       select 'ord_p' || i, 'cus_p' || i, (select id from plans limit 1), 'open', 100, 'RUB', 30, ?, ? from generate_series(1, 450) i`,
      [now, now],
    )
    await em().execute(
      `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, created_at, expires_at, next_check_at)
       select 'pay_p' || i, 'ord_p' || i, 'cus_p' || i, 'fake', 'pending', 100, 'RUB', ?, ?, ? from generate_series(1, 450) i`,
      [now, now, now],
    )
    expect(await world.shop.sweepPayments()).toBe(450)
    expect(await world.shop.sweepPayments()).toBe(0)
    expect(await countOf(`pgboss.job where name = 'settle-payment'`)).toBe(450)
  })

  test('of accesses that were forgotten, and of accounts that drifted', async () => {
    const serverId = await world.addServer()
    await fill(1100)
    await em().execute(
      `insert into accesses (id, subscription_id, endpoint_id, secrets, desired_revision, applied_revision, applied_at,
         upload_counter, download_counter, upload_bytes, download_bytes, created_at)
       select 'acc_p' || i, 'sub_p' || i, (select id from endpoints where server_id = ?), '', 1, 1, ?, 0, 0, 0, 0, ?
       from generate_series(1, 1100) i`,
      [serverId, world.clock.now(), world.clock.now()],
    )
    world.clock.advance(minuteMs)
    expect(await world.shop.reconcileEndpoints(true)).toHaveLength(1100)
    await em().execute('update accesses set desired_revision = 2, next_attempt_at = ?', [world.clock.now()])
    world.clock.advance(minuteMs)
    await world.shop.sweepAccesses()
    expect(await countOf(`pgboss.job where name = 'provision-access'`)).toBe(1100)
  })
})

test('a list of payments shows each once, also of those made in the same instant', async () => {
  await fill(20)
  const now = world.clock.now()
  await em().execute(
    `insert into orders (id, customer_id, plan_id, state, price_minor, currency, days, created_at, expires_at)
     select 'ord_p' || i, 'cus_p1', (select id from plans limit 1), 'open', 100, 'RUB', 30, ?, ? from generate_series(1, 20) i`,
    [now, now],
  )
  await em().execute(
    `insert into payments (id, order_id, customer_id, provider, state, amount_minor, currency, created_at, expires_at)
     select 'pay_p' || i, 'ord_p' || i, 'cus_p1', 'fake', 'pending', 100, 'RUB', ?, ? from generate_series(1, 20) i`,
    [now, now],
  )
  const customerId = 'cus_p1'
  const pages = [await world.shop.listPayments({ customerId })]
  for (let last = pages[0]; last?.olderThan; last = pages.at(-1))
    pages.push(await world.shop.listPayments({ customerId, olderThan: last.olderThan }))
  expect(pages.map(({ lines }) => lines.length)).toEqual([8, 8, 4])
  expect(new Set(pages.flatMap(({ lines }) => lines.map((line) => line.id))).size).toBe(20)
})
