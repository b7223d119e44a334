import { type Database, openDatabase } from '@vpn-kiosk/db'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { openQueue, type Queue } from '../src/index.ts'

let fixture: TestDatabase

beforeEach(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'))
})
afterEach(() => fixture.drop())

const breakAll = () =>
  fixture.database
    .em()
    .execute(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'vpn-kiosk-queue'`,
    )

describe('a queue whose connections break', () => {
  test('goes on by itself, with nothing lost and what ran at that moment done', async () => {
    const queue = await openQueue({ url: fixture.url, onError: () => {} })
    const done = new Set<string>()
    await queue.work('tell-customer', async ({ notificationId }) => {
      if (done.size === 0) await breakAll()
      done.add(notificationId)
    })
    const ids = Array.from({ length: 20 }, (_, count) => `ntc_${String(count).padStart(4, '0')}`)
    await fixture.database.transaction(async (em) => {
      for (const notificationId of ids)
        await queue.enqueue('tell-customer', { notificationId }, { transaction: em.getTransactionContext() })
    })
    await expect.poll(() => done.size, { timeout: 20_000 }).toBe(20)
    await breakAll()
    const again = 'ntc_again'
    await fixture.database.transaction((em) =>
      queue.enqueue('tell-customer', { notificationId: again }, { transaction: em.getTransactionContext() }),
    )
    await expect.poll(() => done.has(again), { timeout: 20_000 }).toBe(true)
    await queue.close()
  })
})

test('a queue that shares a pool opens only one more connection, for LISTEN', async () => {
  const pool = await fixture.database.pool()
  const queue = await openQueue({ url: fixture.url, pool, onError: () => {} })
  const done = new Set<string>()
  await queue.work('settle-payment', async ({ paymentId }) => void done.add(paymentId))
  const ids = Array.from({ length: 20 }, (_, count) => `pay_${count}`)
  await Promise.all(ids.map((paymentId) => queue.enqueue('settle-payment', { paymentId })))
  await expect.poll(() => done.size, { timeout: 20_000 }).toBe(20)
  const [own] = await fixture.database
    .em()
    .execute<{ count: number }[]>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'vpn-kiosk-queue'`,
    )
  expect(own?.count).toBe(1)
  await queue.close()
  await expect(fixture.database.em().execute('select 1 as one')).resolves.toEqual([{ one: 1 }])
})

test('five processes that start at once on a new database share one queue', async () => {
  const queues = await Promise.all(
    Array.from({ length: 5 }, (): Promise<Queue> => openQueue({ url: fixture.url, onError: () => {} })),
  )
  await Promise.all(queues.map((queue) => queue.enqueue('sweep-payments', {})))
  const depth = (await queues[0]!.depths()).find((one) => one.name === 'sweep-payments')
  expect(depth?.waiting).toBe(1)
  await Promise.all(queues.map((queue) => queue.close()))
})

test('a transaction that holds the only connection can enqueue jobs, on a new database too', async () => {
  const shops = await Promise.all(['one', 'two'].map(() => openDatabase(fixture.url, 1)))
  const open = async (db: Database) => openQueue({ url: fixture.url, pool: await db.pool(), onError: () => {} })
  const queues = await Promise.all(shops.map(open))
  for (const [index, queue] of queues.entries()) {
    await shops[index]!.transaction(async (em) => {
      for (const name of ['sweep-payments', 'sweep-accesses'] as const)
        await queue.enqueue(name, {}, { transaction: em.getTransactionContext() })
    })
    await queue.close()
  }
  await Promise.all(shops.map((db) => db.close()))
}, 10_000)

test('a job that a sweep enqueues has no retries: only the next sweep enqueues it again', async () => {
  const queue = await openQueue({ url: fixture.url, onError: () => {} })
  await queue.enqueue('settle-payment', { paymentId: 'pay_swept' }, { isSwept: true })
  await queue.enqueue('settle-payment', { paymentId: 'pay_rung' })
  await queue.work('settle-payment', async () => {
    throw new Error('no answer')
  })
  const statesOf = () =>
    fixture.database
      .em()
      .execute(`select data->>'paymentId' as id, state from pgboss.job where name = 'settle-payment' order by 1`)
  await expect.poll(statesOf, { timeout: 10_000 }).toEqual([
    { id: 'pay_rung', state: 'retry' },
    { id: 'pay_swept', state: 'failed' },
  ])
  await queue.close()
})
