import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSchedule } from './schedule.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-21T09:00:00Z') }))
afterEach(() => void vi.useRealTimers())

/** A schedule whose queue fails while `isAway`; `said` holds its log messages. */
function scheduleOn(enqueue: () => Promise<void>) {
  const said: string[] = []
  const schedule = startSchedule({
    queue: { enqueue },
    timeZone: 'UTC',
    logger: {
      warn: (fields, message) => void said.push(`${message} ${Object.keys(fields)}`),
      info: (fields, message) => void said.push(`${message} ${JSON.stringify(fields)}`),
    },
  })
  return { said, schedule }
}

test('an outage of the queue is logged once when it begins and once when it ends', async () => {
  let isAway = false
  let missed = 0
  const { said, schedule } = scheduleOn(async () => {
    if (!isAway) return
    missed += 1
    throw new Error('connect ECONNREFUSED')
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual([])
  for (const _ of ['one outage', 'another']) {
    isAway = true
    missed = 0
    await vi.advanceTimersByTimeAsync(180_000)
    expect(missed).toBeGreaterThan(20)
    isAway = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(said.splice(0)).toEqual([
      'The schedule waits for the database err',
      `The schedule goes on {"missedTicks":${missed}}`,
    ])
  }
  await schedule.close()
})

test('an attempt that began during an outage and fails after its end is no new outage', async () => {
  const asked: Array<{ resolve: () => void; reject: (error: Error) => void }> = []
  const { said, schedule } = scheduleOn(() => new Promise((resolve, reject) => void asked.push({ resolve, reject })))
  await vi.advanceTimersByTimeAsync(60_000)
  const [first, hanging] = asked
  first?.reject(new Error('connect ECONNREFUSED'))
  await vi.advanceTimersByTimeAsync(60_000)
  asked.at(-1)?.resolve()
  await vi.advanceTimersByTimeAsync(0)
  hanging?.reject(new Error('timeout expired'))
  await vi.advanceTimersByTimeAsync(0)
  expect(said).toEqual(['The schedule waits for the database err', 'The schedule goes on {"missedTicks":1}'])
  await schedule.close()
})
