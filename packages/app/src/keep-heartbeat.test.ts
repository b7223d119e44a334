import { signIntervalMs } from '@vpn-kiosk/domain'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { App } from './create-app.ts'
import { keepHeartbeat } from './keep-heartbeat.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function appWith(recordHeartbeat: (state: string) => Promise<void>) {
  const shop = { recordHeartbeat: (_copy: unknown, state: string) => recordHeartbeat(state) }
  return { shop, clock: { now: () => new Date() }, logger: { debug: () => {} } } as unknown as App
}

test('a process signs at once, then in its interval, and says when it ends in order', async () => {
  const signs: string[] = []
  const sign = await keepHeartbeat(
    appWith(async (state) => void signs.push(state)),
    'jobs',
    1,
  )
  expect(signs).toEqual(['running'])
  await vi.advanceTimersByTimeAsync(2 * signIntervalMs)
  await sign.close()
  await vi.advanceTimersByTimeAsync(2 * signIntervalMs)
  expect(signs).toEqual(['running', 'running', 'running', 'stopped'])
})

test('a database that is away costs signs and nothing else', async () => {
  const sign = await keepHeartbeat(
    appWith(() => Promise.reject(new Error('away'))),
    'jobs',
    1,
  )
  await vi.advanceTimersByTimeAsync(signIntervalMs)
  await sign.close()
})

test('a process signs within a second of the return of its database', async () => {
  let isAway = false
  const signs: string[] = []
  const sign = await keepHeartbeat(
    appWith(async (state) => {
      if (isAway) throw new Error('away')
      signs.push(state)
    }),
    'jobs',
    1,
  )
  isAway = true
  await vi.advanceTimersByTimeAsync(signIntervalMs + 5000)
  expect(signs).toEqual(['running'])
  isAway = false
  await vi.advanceTimersByTimeAsync(1000)
  expect(signs).toEqual(['running', 'running'])
  await sign.close()
})
