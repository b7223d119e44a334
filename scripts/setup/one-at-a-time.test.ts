import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

type OneAtATime = <T>(name: string, work: () => Promise<T>, onWait: () => void) => Promise<T>

const file = join(import.meta.dirname, 'one-at-a-time.mjs')
const { oneAtATime }: { oneAtATime: OneAtATime } = await import(file)

test('three who start at once go one after the other, and those who wait hear so once', async () => {
  const turn = randomUUID()
  const seen: string[] = []
  const waits: string[] = []
  const work = (name: string) =>
    oneAtATime(
      turn,
      async () => {
        seen.push(`${name} begins`)
        // The first stays until both others wait.
        await expect.poll(() => waits.length).toBe(2)
        seen.push(`${name} ends`)
        return name
      },
      () => waits.push(name),
    )
  expect(await Promise.all(['a', 'b', 'c'].map(work))).toEqual(['a', 'b', 'c'])
  const order = seen.filter((_, index) => index % 2 === 0).map((line) => line[0])
  expect(seen).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]))
  expect(new Set(waits).size).toBe(2)
})

test('a failure gives the turn back, and so does a kill -9', async () => {
  const turn = randomUUID()
  const fail = () => Promise.reject(new Error('broken'))
  await expect(oneAtATime(turn, fail, () => undefined)).rejects.toThrow('broken')

  const script = `import('${file}').then(({ oneAtATime }) =>
    oneAtATime('${turn}', () => { console.log('mine'); return new Promise(() => setInterval(() => 0, 1000)) }))`
  const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  const told: string[] = []
  const mine = oneAtATime(
    turn,
    async () => 'mine now',
    () => {
      told.push('waits')
      other.kill('SIGKILL')
    },
  )
  expect(await mine).toBe('mine now')
  expect(told).toEqual(['waits'])
})
