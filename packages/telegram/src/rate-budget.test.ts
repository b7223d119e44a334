import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Priority } from './priority.ts'
import { createRateBudget, RateBudgetExhausted } from './rate-budget.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

/** Asks for `count` messages and notes when each was let go, in ms from now. */
function ask(
  budget: ReturnType<typeof createRateBudget>,
  count: number,
  chatOf: (n: number) => number,
  priority: Priority,
) {
  const start = performance.now()
  const times: number[] = []
  for (let n = 0; n < count; n++)
    void budget.take(chatOf(n), priority).then(() => times.push(performance.now() - start))
  return times
}

/** The most that were let go in any `windowMs`. */
const densest = (times: readonly number[], windowMs: number): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length))

describe('the rate budget', () => {
  test('lets a reply go at once, without a timer, while there is room', async () => {
    const budget = createRateBudget()
    for (let chat = 1; chat <= 30; chat++) await budget.take(chat, 'reply')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('lets 30 a second go, never more, and hardly fewer', async () => {
    const times = ask(createRateBudget(), 600, (n) => n + 1, 'broadcast')
    await vi.advanceTimersByTimeAsync(21_000)
    expect(times).toHaveLength(600)
    expect(densest(times, 1000)).toBeLessThanOrEqual(30)
    expect(times.at(-1)).toBeLessThan(20_000 * 1.05)
  })

  test('lets three at once into a chat, then one a second', async () => {
    const times = ask(createRateBudget(), 6, () => 7, 'reply')
    await vi.advanceTimersByTimeAsync(3_100)
    expect(times.filter((at) => at < 900)).toHaveLength(3)
    expect(times).toHaveLength(6)
    expect(times[5]).toBeGreaterThanOrEqual(3_000)
  })

  test('lets twenty a minute into a group', async () => {
    const times = ask(createRateBudget(), 45, () => -100, 'reply')
    await vi.advanceTimersByTimeAsync(125_000)
    expect(times).toHaveLength(45)
    expect(densest(times, 60_000)).toBe(20)
  })

  test('counts an album as its pictures', async () => {
    const budget = createRateBudget()
    await budget.take(-100, 'reply', 10)
    await budget.take(-200, 'reply', 10)
    await budget.take(-300, 'reply', 10)
    const late = ask(budget, 1, () => -400, 'reply')
    await vi.advanceTimersByTimeAsync(900)
    expect(late).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(late).toHaveLength(1)
  })

  test('serves a person within a slot or two in the middle of a broadcast', async () => {
    const budget = createRateBudget()
    ask(budget, 300, (n) => n + 1, 'broadcast')
    await vi.advanceTimersByTimeAsync(3_017)
    const reply = ask(budget, 1, () => 9999, 'reply')
    const notification = ask(budget, 1, () => 9998, 'notification')
    await vi.advanceTimersByTimeAsync(150)
    expect(reply[0]).toBeLessThan(70)
    expect(notification[0]).toBeGreaterThanOrEqual(reply[0] ?? 0)
    expect(budget.waiting()).toBeGreaterThan(0)
  })

  test('lets a chat rest as long as Telegram says, and nobody else', async () => {
    const budget = createRateBudget()
    budget.penalise(7, 5_000)
    const resting = ask(budget, 1, () => 7, 'reply')
    const other = ask(budget, 1, () => 8, 'reply')
    await vi.advanceTimersByTimeAsync(4_900)
    expect([resting.length, other[0]]).toEqual([0, 0])
    await vi.advanceTimersByTimeAsync(200)
    expect(resting).toHaveLength(1)
  })

  test('lets the whole bot rest when told so', async () => {
    const budget = createRateBudget()
    budget.penalise(null, 2_000)
    const times = ask(budget, 3, (n) => n + 1, 'reply')
    await vi.advanceTimersByTimeAsync(1_900)
    expect(times).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(times).toHaveLength(3)
  })

  test('refuses when too many wait', async () => {
    const budget = createRateBudget({ maxWaiting: 2 })
    ask(budget, 5, () => 7, 'broadcast')
    await expect(budget.take(7, 'broadcast')).rejects.toThrow(RateBudgetExhausted)
  })

  test('forgets chats that are quiet', async () => {
    const budget = createRateBudget({ perSecond: 100_000 })
    for (let chat = 1; chat <= 50_000; chat++) {
      await budget.take(chat, 'reply')
      if (chat % 1000 === 0) vi.advanceTimersByTime(100)
    }
    expect(budget.chats()).toBeLessThan(15_000)
    vi.advanceTimersByTime(61_000)
    expect(budget.chats()).toBe(0)
  })
})
