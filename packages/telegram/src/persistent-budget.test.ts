import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPersistentBudget, type SpentMemory } from './persistent-budget.ts'
import { createRateBudget } from './rate-budget.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

const group = -100

/** Keeps ages beside the moment of writing, as a table would. */
function createMemory(): SpentMemory & { isDown: boolean } {
  let kept: { at: number; agesMs: readonly number[] } = { at: 0, agesMs: [] }
  const memory = {
    isDown: false,
    load: async () => {
      if (memory.isDown) throw new Error('away')
      const passed = performance.now() - kept.at
      return kept.agesMs.map((age) => age + passed)
    },
    save: async (_groupId: number | string, agesMs: readonly number[]) => {
      if (memory.isDown) throw new Error('away')
      kept = { at: performance.now(), agesMs }
    },
  }
  return memory
}

const densest = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length))

test('a group gets no more than twenty messages in any minute, though the process is killed and started again', async () => {
  const memory = createMemory()
  const sentAt: number[] = []
  for (const livesMs of [25_000, 25_000, 200_000]) {
    let isAlive = true
    // A killed process writes nothing more, and sends nothing without having written.
    const save: SpentMemory['save'] = (...sent) => (isAlive ? memory.save(...sent) : new Promise(() => {}))
    const budget = createPersistentBudget(createRateBudget(), { load: memory.load, save })
    for (let n = 0; n < 30; n++) void budget.take(group, 'reply').then(() => sentAt.push(performance.now()))
    await vi.advanceTimersByTimeAsync(livesMs)
    isAlive = false
  }
  expect(sentAt.length).toBeGreaterThan(45)
  expect(densest(sentAt)).toBe(20)
})

test('an album counts as many messages as it has, also after a start', async () => {
  const memory = createMemory()
  await createPersistentBudget(createRateBudget({ chatBurst: 100 }), memory).take(group, 'reply', 10)
  const next = createPersistentBudget(createRateBudget({ chatBurst: 100 }), memory)
  await next.take(group, 'reply', 10)
  let isSent = false
  void next.take(group, 'reply').then(() => {
    isSent = true
  })
  await vi.advanceTimersByTimeAsync(59_000)
  expect(isSent).toBe(false)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(isSent).toBe(true)
})

test('while the memory is away messages go, and a later one is kept again', async () => {
  const memory = createMemory()
  memory.isDown = true
  const budget = createPersistentBudget(createRateBudget(), memory)
  await budget.take(group, 'reply')
  memory.isDown = false
  await budget.take(group, 'reply')
  expect(await memory.load(group)).toHaveLength(1)
})
