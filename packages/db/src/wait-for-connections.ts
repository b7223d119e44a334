import { setTimeout as delay } from 'node:timers/promises'
import { isDatabaseFull } from './is-database-away.ts'

/** The part of a `pg` pool that this file uses. */
interface Pool<Client = unknown> {
  readonly options: { max: number }
  readonly idleCount: number
  readonly waitingCount: number
  on(event: 'connect' | 'remove', listener: () => void): unknown
  connect: (callback?: Callback<Client>) => Promise<Client> | undefined
}
type Callback<Client> = (error: unknown, client: Client | undefined, release: unknown) => void

export interface ConnectionWait {
  /**
   * Called when a connection has been waited for too long. `full`: Postgres accepts no more connections; `busy`: all
   * connections of this pool are in use; `slow`: Postgres takes long to accept one.
   */
  readonly onWait: (reason: 'full' | 'busy' | 'slow', own: number) => void
  /** Milliseconds of waiting after which it is called (5 s). */
  readonly warnAfterMs?: number | undefined
}

const retryMs = 250
/** After this time a refused connection is reported to the caller as a failure. */
const timeoutMs = 30_000
/** For this time a pool that Postgres refused another connection does not try to grow. */
const restoreAfterMs = 60_000

/**
 * Makes a pool wait when Postgres accepts no more connections, instead of failing the caller. The pool continues with
 * the connections that it has; a pool without any waits until Postgres accepts one. A long wait is reported.
 */
export function waitForConnections<Client extends { release: unknown }>(
  pool: Pool<Client>,
  wait: ConnectionWait,
): void {
  const { onWait, warnAfterMs = 5_000 } = wait
  const { max } = pool.options
  // The pool's own count includes connections that are still being opened.
  let own = 0
  pool.on('connect', () => {
    own += 1
  })
  pool.on('remove', () => {
    own -= 1
  })
  const ask = pool.connect.bind(pool) as () => Promise<Client>
  const shrinkForAWhile = (): void => {
    if (pool.options.max === max) setTimeout(() => Object.assign(pool.options, { max }), restoreAfterMs).unref()
    pool.options.max = Math.max(1, own)
  }
  const take = async (): Promise<Client> => {
    const until = performance.now() + timeoutMs
    let isFull = false
    const timer = setTimeout(() => onWait(isFull ? 'full' : own < pool.options.max ? 'slow' : 'busy', own), warnAfterMs)
    try {
      for (;;) {
        try {
          return await ask()
        } catch (error) {
          if (!isDatabaseFull(error) || performance.now() > until) throw error
          isFull = true
          shrinkForAWhile()
          if (own === 0) await delay(retryMs)
        }
      }
    } finally {
      clearTimeout(timer)
    }
  }
  pool.connect = (callback) => {
    const client = pool.idleCount > pool.waitingCount ? ask() : take()
    if (!callback) return client
    client.then(
      (taken) => callback(undefined, taken, taken.release),
      (error) => callback(error, undefined, () => {}),
    )
    return undefined
  }
}
