import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answer, Order, VerbCall } from './call-verb.ts'

/** How a call ended. */
type CallEnd =
  /** Killed before it did `before`. */
  | { readonly kind: 'killed'; readonly before: string }
  /** Came to its end, having waited so often. */
  | { readonly kind: 'ended'; readonly passed: number }

/** One process of the shop at a time; after a death the next one takes its place. */
export interface ProcessPool {
  call(call: VerbCall, fatal: number, at: Date): Promise<CallEnd>
  sweep(at: Date): Promise<void>
  /** How many processes died so far. */
  killed(): number
  close(): Promise<void>
}

interface Member {
  readonly child: ChildProcess
  readonly ready: Promise<unknown>
  lastWords: string
}

export function createProcessPool(environment: Readonly<Record<string, string>>): ProcessPool {
  let killed = 0
  let current = start(environment)
  // Starts while the one before it still lives: nobody waits for a start.
  let spare = start(environment)
  const tell = async (order: Order): Promise<Answer | NodeJS.Signals> => {
    const { child, ready } = current
    await ready
    const end = Promise.race([
      once(child, 'message').then(([answer]) => answer as Answer),
      once(child, 'close').then(([, signal]) => signal as NodeJS.Signals),
    ])
    child.send(order)
    return end
  }
  return {
    call: async (call, fatal, at) => {
      const end = await tell({ kind: 'call', call, fatal, at })
      if (typeof end === 'object' && end?.kind === 'done') return { kind: 'ended', passed: end.passed }
      if (end !== 'SIGKILL') throw new Error(`${call.verb}: ${describe(end)}`)
      const before = current.lastWords
      killed += 1
      current = spare
      spare = start(environment)
      return { kind: 'killed', before }
    },
    sweep: async (at) => {
      const end = await tell({ kind: 'sweep', at })
      if (typeof end !== 'object' || end?.kind !== 'done') throw new Error(`the sweeps: ${describe(end)}`)
    },
    killed: () => killed,
    close: async () => {
      for (const { child, ready } of [current, spare]) {
        await ready
        child.kill('SIGKILL')
      }
    },
  }
}

const describe = (end: Answer | NodeJS.Signals | null): string =>
  typeof end === 'object' && end?.kind === 'failed' ? end.error : `ended with ${JSON.stringify(end)}`

function start(environment: Readonly<Record<string, string>>): Member {
  const child = fork(join(import.meta.dirname, 'process.ts'), {
    env: { ...environment, PATH: '' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const member: Member = { child, ready: Promise.race([once(child, 'message'), once(child, 'exit')]), lastWords: '' }
  child.stdout?.on('data', (words) => {
    member.lastWords += String(words)
  })
  return member
}
