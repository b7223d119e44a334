import { AsyncLocalStorage } from 'node:async_hooks'
import { writeSync } from 'node:fs'
import { ClientRequest } from 'node:http'
import pg from 'pg'

interface Watched {
  readonly fatal: number
  passed: number
}

const watched = new AsyncLocalStorage<Watched>()

/**
 * Before each thing that a watched call waits for the process may die, as by `kill -9`. Before the next thing is after
 * the last answer, so these are all the moments there are. What other work of the process waits for is not counted.
 */
function pass(what: string): void {
  const call = watched.getStore()
  if (!call) return
  call.passed += 1
  if (call.passed !== call.fatal) return
  writeSync(1, what.replace(/\s+/g, ' ').slice(0, 90))
  process.kill(process.pid, 'SIGKILL')
}

/** Call once, before the database is opened: statements, requests over HTTP and checkpoints are passed from then on. */
export function watchAwaits(): (step: string) => void {
  const { query } = pg.Client.prototype as { query: (...parameters: unknown[]) => unknown }
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, statement: string | { readonly text: string }, ...rest: unknown[]) {
      pass(typeof statement === 'string' ? statement : statement.text)
      return query.call(this, statement, ...rest)
    },
  })
  const ask = globalThis.fetch
  globalThis.fetch = (input, init) => {
    pass(`${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`)
    return ask(input, init)
  }
  const { end } = ClientRequest.prototype as { end: (...parameters: unknown[]) => unknown }
  Object.assign(ClientRequest.prototype, {
    end(this: ClientRequest, ...rest: unknown[]) {
      pass(`${this.method} ${this.path}`)
      return end.call(this, ...rest)
    },
  })
  return (step) => pass(`checkpoint ${step}`)
}

/** Has `work` die at the `fatal`th thing that it waits for; its very end counts as one. 0 = never. */
export const dieAt = <T>(
  fatal: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly passed: number }> =>
  watched.run({ fatal, passed: 0 }, async () => {
    const value = await work()
    pass('the end')
    return { value, passed: watched.getStore()?.passed ?? 0 }
  })
