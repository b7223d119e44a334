import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchRedis } from './watch-redis.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('Redis is asked one question at a time, and each answer is noted', async () => {
  const noted: boolean[] = []
  let isAway = true
  let pings = 0
  const watch = watchRedis({
    shop: { recordRedis: async (hasAnswered) => void noted.push(hasAnswered) },
    ping: async () => {
      pings += 1
      if (isAway) throw new Error('away')
    },
    logger: { debug: () => {} },
  })
  await vi.advanceTimersByTimeAsync(30_000)
  isAway = false
  await vi.advanceTimersByTimeAsync(30_000)
  await watch.close()
  await vi.advanceTimersByTimeAsync(90_000)
  expect(noted).toEqual([false, true])
  expect(pings).toBe(2)
})

test('a database that is away as well ends nothing', async () => {
  const watch = watchRedis({
    shop: { recordRedis: () => Promise.reject(new Error('away')) },
    ping: () => Promise.reject(new Error('away')),
    logger: { debug: () => {} },
  })
  await vi.advanceTimersByTimeAsync(60_000)
  await watch.close()
})
