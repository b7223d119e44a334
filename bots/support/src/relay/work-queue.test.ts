import { expect, test } from 'vitest'
import { createWorkQueue, type WorkOutcome } from './work-queue.ts'

const never = () => {
  throw new Error('unexpected')
}

test('a lane works until there is nothing more, one step at a time, and lanes go side by side', async () => {
  let running = 0
  let most = 0
  const left = new Map([
    ['a', 3],
    ['b', 2],
  ])
  const done: string[] = []
  const lanes = createWorkQueue({
    onError: never,
    work: async (key) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      const n = left.get(key) ?? 0
      if (n === 0) return 'idle'
      left.set(key, n - 1)
      done.push(key)
      return 'more'
    },
  })
  for (const key of ['a', 'a', 'a', 'b']) lanes.kick(key)
  await lanes.idle()
  expect(done.toSorted()).toEqual(['a', 'a', 'a', 'b', 'b'])
  expect(most).toBe(2)
})

test('a kick during the last look is not lost', async () => {
  let looks = 0
  const lanes = createWorkQueue({
    onError: never,
    work: async (key): Promise<WorkOutcome> => {
      looks += 1
      if (looks === 1) lanes.kick(key)
      return 'idle'
    },
  })
  lanes.kick('a')
  await lanes.idle()
  expect(looks).toBe(2)
})

test('what fails is tried after each pause and then left to the next kick', async () => {
  let tries = 0
  const errors: unknown[] = []
  const lanes = createWorkQueue({
    retryDelaysMs: [1, 1],
    onError: (error) => errors.push(error),
    work: async () => {
      tries += 1
      if (tries === 1) throw new Error('once')
      return 'later'
    },
  })
  lanes.kick('a')
  await lanes.idle()
  expect(tries).toBe(3)
  expect(errors).toHaveLength(1)
  lanes.kick('a')
  await lanes.idle()
  expect(tries).toBe(6)
})

test('work that is found again and again does not put off the lane that waits for its quiet time', async () => {
  let tries = 0
  const lanes = createWorkQueue({
    onError: never,
    work: async () => {
      tries += 1
      return 'idle'
    },
  })
  lanes.ensure('a', 40)
  const finding = setInterval(() => lanes.ensure('a', 60_000), 5)
  await expect.poll(() => tries).toBeGreaterThan(0)
  clearInterval(finding)
  await lanes.close(1_000)
})

test('stopping begins nothing more, even what waits for its pause', async () => {
  let tries = 0
  const lanes = createWorkQueue({
    onError: never,
    work: async () => {
      tries += 1
      return 'idle'
    },
  })
  lanes.kick('a', 60_000)
  await lanes.close(1_000)
  lanes.kick('b')
  await lanes.idle()
  expect(tries).toBe(0)
})
