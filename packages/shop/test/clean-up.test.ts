import { addDays, keptForEver, retention, retentionTables } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'), { policy: { retentionDays: { activities: 10 } } })
})
afterAll(() => world.close())

const execute = <T extends object>(sql: string, values: unknown[] = []) => world.deps.db.em().execute<T[]>(sql, values)
const count = async (table: string) =>
  Number((await execute<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n)

test('every table has a retention, or a reason to be kept for ever', async () => {
  const rows = await execute<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
  const ruled = [...retentionTables, ...Object.keys(keptForEver)]
  expect(rows.map(({ name }) => name).sort()).toEqual(ruled.sort())
})

test('what is too old goes, what is young or not yet done stays, and a setting moves the day', async () => {
  const customer = await world.addCustomer()
  const now = world.clock.now()
  const old = addDays(now, -retention.notifications.days - 1)
  const insertNotification = (key: string, state: string, at: Date) =>
    execute(
      `insert into notifications (id, key, customer_id, state, content, created_at) values (?, ?, ?, ?, '{"kind":"expired"}', ?)`,
      [`ntc_${key}`, key, customer.id, state, at],
    )
  await insertNotification('old', 'sent', old)
  await insertNotification('waiting', 'queued', old)
  await insertNotification('young', 'sent', now)
  await execute('delete from activities')
  for (const days of [30, 11, 9]) {
    await execute(`insert into activities (customer_id, kind, at) values (?, 'start', ?)`, [
      customer.id,
      addDays(now, -days),
    ])
  }
  await execute(`insert into process_signs values ('web@a/1', 'web', 'a', 1, '0', 'running', ?, ?)`, [old, old])
  const card =
    'insert into saved_cards (id, customer_id, provider, title, created_at, removed_at) values (?, ?, ?, ?, ?, ?)'
  const removedAt = addDays(now, -retention.saved_cards.days - 1)
  await execute(card, ['crd_old', customer.id, 'fake', 'Visa', old, removedAt])
  await execute(card, ['crd_used', customer.id, 'fake', 'Visa', old, null])
  expect(await world.shop.cleanUp()).toEqual({ notifications: 1, activities: 2, saved_cards: 1, process_signs: 1 })
  expect([await count('notifications'), await count('activities')]).toEqual([2, 1])
  expect(await world.shop.cleanUp()).toEqual({})
})

test('books and audit are refused to whoever would delete from them', async () => {
  await execute(`insert into audit_log (id, action, subject, at) values ('aud_1', 'test', 'x', now())`)
  await expect(execute('delete from audit_log')).rejects.toThrow(/append-only/)
})
