import { setTimeout as pause } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '@vpn-kiosk/db/testing'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { openQueue, type Queue } from '../src/index.ts'

let fixture: TestDatabase
let queue: Queue
const failures: string[] = []

beforeAll(async () => {
  fixture = await createTestDatabase(inject('postgresUrl'))
  queue = await openQueue({ url: fixture.url, onError: (error) => failures.push(error.message) })
})
afterAll(async () => {
  await queue.close()
  await fixture.drop()
})

describe('the queue', () => {
  test('runs a job whose transaction commits, and not one whose transaction rolls back', async () => {
    const done: string[] = []
    await queue.work('settle-payment', async ({ paymentId }) => void done.push(paymentId))
    const rolledBack = fixture.database.transaction(async (em) => {
      await queue.enqueue('settle-payment', { paymentId: 'pay_lost' }, { transaction: em.getTransactionContext() })
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await fixture.database.transaction((em) =>
      queue.enqueue('settle-payment', { paymentId: 'pay_kept' }, { transaction: em.getTransactionContext() }),
    )
    await vi.waitFor(() => expect(done).toEqual(['pay_kept']))
  })

  test('wakes a worker within a second of the commit', async () => {
    const started = performance.now()
    const woken = new Promise<number>((resolve) => {
      void queue.work('provision-access', async () => resolve(performance.now() - started))
    })
    await queue.enqueue('provision-access', { accessId: 'acc_fast' })
    expect(await woken).toBeLessThan(1000)
  })

  test('retries a failed job and reports the failure', async () => {
    let tries = 0
    await queue.work('tell-customer', async () => {
      tries += 1
      if (tries < 2) throw new Error('the first try fails')
    })
    await queue.enqueue('tell-customer', { notificationId: 'ntc_again' })
    await vi.waitFor(() => expect(tries).toBe(2), { timeout: 10_000 })
    expect(failures).toContain('the first try fails')
  })

  test('a job slower than yieldAfterMs gives its place to other jobs, is not retried, and close() waits for it', async () => {
    const other = await openQueue({ url: fixture.url, onError: (error) => failures.push(error.message) })
    const slow = Promise.withResolvers<void>()
    const seen: string[] = []
    const work = async ({ broadcastId }: { broadcastId: string }) => {
      seen.push(broadcastId)
      if (broadcastId.startsWith('brd_slow')) await slow.promise
      seen.push(`${broadcastId} done`)
    }
    for (const broadcastId of ['brd_slow_1', 'brd_slow_2']) await other.enqueue('run-broadcast', { broadcastId })
    await other.work('run-broadcast', work, { batch: 2, yieldAfterMs: 200 })
    await vi.waitFor(() => expect(seen).toHaveLength(2))
    await other.enqueue('run-broadcast', { broadcastId: 'brd_quick' })
    await vi.waitFor(() => expect(seen).toContain('brd_quick done'), { timeout: 5000 })
    const closing = other.close()
    await pause(300)
    slow.resolve()
    await closing
    expect(seen).toHaveLength(6)
    expect(seen.slice(-2).sort()).toEqual(['brd_slow_1 done', 'brd_slow_2 done'])
  })

  test('keeps one scheduled job when two ticks enqueue it', async () => {
    await Promise.all([
      queue.enqueue('sync-usage', {}),
      queue.enqueue('sync-usage', {}),
      queue.enqueue('sync-usage', {}),
    ])
    const depth = (await queue.depths()).find((one) => one.name === 'sync-usage')
    expect(depth?.waiting).toBe(1)
  })

  test('waits for running jobs when it closes', async () => {
    const other = await openQueue({ url: fixture.url, onError: () => {} })
    let finished = false
    const begun = new Promise<void>((resolve) => {
      void other.work('sweep-payments', async () => {
        resolve()
        await pause(300)
        finished = true
      })
    })
    await queue.enqueue('sweep-payments', {})
    await begun
    await other.close()
    expect(finished).toBe(true)
  })

  test('runs a delayed job when it is due, not at the next slow poll', async () => {
    const started = performance.now()
    const woken = new Promise<number>((resolve) => {
      void queue.work('reconcile-endpoints', async () => resolve(performance.now() - started))
    })
    await queue.enqueue('reconcile-endpoints', {}, { delayMs: 2000 })
    expect(await woken).toBeGreaterThanOrEqual(1900)
    expect(await woken).toBeLessThan(5000)
  })

  test('refuses data of another shape', async () => {
    const wrong = { paymentId: 7 } as unknown as { paymentId: string }
    await expect(queue.enqueue('settle-payment', wrong)).rejects.toThrow()
  })
})

describe('among the jobs of one name', () => {
  let quiet: TestDatabase
  let waiting: Queue
  const waitingOf = async (name: string) => (await waiting.depths()).find((one) => one.name === name)?.waiting ?? 0

  beforeAll(async () => {
    quiet = await createTestDatabase(inject('postgresUrl'))
    waiting = await openQueue({ url: quiet.url, onError: (error) => failures.push(error.message) })
  })
  afterAll(async () => {
    await waiting.close()
    await quiet.drop()
  })

  test('only one waits for each key, and all of those without a key', async () => {
    const asked = { paymentId: 'pay_asked_often' }
    for (let i = 0; i < 5; i += 1) await waiting.enqueue('settle-payment', asked, { key: asked.paymentId })
    await waiting.enqueue('settle-payment', { paymentId: 'pay_another' }, { key: 'pay_another' })
    expect(await waitingOf('settle-payment')).toBe(2)
    for (let i = 0; i < 3; i += 1) await waiting.enqueue('settle-payment', asked)
    expect(await waitingOf('settle-payment')).toBe(5)
  })

  test('an urgent job is enqueued beside a bulk job of the same key, and a due job beside a delayed one', async () => {
    const data = { accessId: 'acc_both' }
    await waiting.enqueue('provision-access', data, { key: data.accessId, priority: 'bulk' })
    await waiting.enqueue('provision-access', data, { key: data.accessId, delayMs: 60_000 })
    await waiting.enqueue('provision-access', data, { key: data.accessId, priority: 'urgent' })
    expect(await waitingOf('provision-access')).toBe(3)
  })

  test('a job that a sweep found is not urgent, even when its kind usually is', async () => {
    await waiting.enqueue('settle-payment', { paymentId: 'pay_swept_1' }, { isSwept: true })
    const swept = `select priority from pgboss.job where data ->> 'paymentId' = 'pay_swept_1'`
    expect(await quiet.database.em().execute(swept)).toEqual([{ priority: 0 }])
  })

  test('enqueueMany enqueues a page in its transaction, one job for each key', async () => {
    const page = ['ntc_a1', 'ntc_a2', 'ntc_a2', 'ntc_a3'].map((notificationId) => ({ notificationId }))
    const options = {
      priority: 'bulk',
      keyOf: ({ notificationId }: { notificationId: string }) => notificationId,
    } as const
    const failing = quiet.database.transaction(async (em) => {
      await waiting.enqueueMany('tell-customer', page, { ...options, transaction: em.getTransactionContext() })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await waitingOf('tell-customer')).toBe(0)
    await quiet.database.transaction((em) =>
      waiting.enqueueMany('tell-customer', page, { ...options, transaction: em.getTransactionContext() }),
    )
    expect(await waitingOf('tell-customer')).toBe(3)
  })

  test('jobs of a higher priority run first', async () => {
    const order: string[] = []
    const ids = Array.from({ length: 20 }, (_, i) => ({ broadcastId: `brd_many_${i}` }))
    await waiting.enqueueMany('run-broadcast', ids)
    await waiting.enqueue('run-broadcast', { broadcastId: 'brd_plain' }, { priority: 'normal' })
    await waiting.enqueue('run-broadcast', { broadcastId: 'brd_now' }, { priority: 'urgent' })
    await waiting.work('run-broadcast', async ({ broadcastId }) => void order.push(broadcastId), { batch: 2 })
    await vi.waitFor(() => expect(order).toHaveLength(22), { timeout: 15_000 })
    // Two jobs of one batch run concurrently, so their order is open.
    expect(order.slice(0, 2).sort()).toEqual(['brd_now', 'brd_plain'])
  })

  test('a fetcher for urgent jobs is free when other jobs occupy all other fetchers', async () => {
    const stuck = Promise.withResolvers<void>()
    const seen: string[] = []
    await waiting.work(
      'tell-staff',
      async ({ notice }) => {
        seen.push(notice?.kind ?? '')
        if (notice?.kind === 'slow') await stuck.promise
      },
      { batch: 2, urgentWorkers: 1 },
    )
    await waiting.enqueueMany('tell-staff', [{ notice: { kind: 'slow' } }, { notice: { kind: 'slow' } }])
    await vi.waitFor(() => expect(seen).toEqual(['slow', 'slow']))
    await waiting.enqueue('tell-staff', { notice: { kind: 'fast' } }, { priority: 'urgent' })
    await vi.waitFor(() => expect(seen).toContain('fast'))
    stuck.resolve()
  })
})
