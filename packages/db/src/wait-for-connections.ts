import { setTimeout as delay } from 'node:timers/promises'
import { isDatabaseFull } from './is-database-away.ts'

/** What is needed of a pool of `pg`. */
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
   * A connection has not come for some seconds: Postgres lets no more in (`full`), all of our own are used (`busy`), or
   * Postgres is long in letting one in (`slow`).
   */
  readonly onWait: (reason: 'full' | 'busy' | 'slow', own: number) => void
  /** So long a wait is spoken of (5 s). */
  readonly spokenOfAfterMs?: number | undefined
}

const retryMs = 250
/** After so long a refusal is a failure like any other outage. */
const patienceMs = 30_000
/** For so long a pool that Postgres refused to enlarge stays as small as it was. */
const modestMs = 60_000

/**
 * Has a pool wait where Postgres lets no more connections in, instead of failing whoever asked: it makes do with those it
 * has, and with the first that Postgres grants where it has none. A long wait is spoken of.
 */
export function waitForConnections<Client extends { release: unknown }>(
  pool: Pool<Client>,
  wait: ConnectionWait,
): void {
  const { onWait, spokenOfAfterMs = 5_000 } = wait
  const { max } = pool.options
  // The pool's own count holds attempts too.
  let own = 0
  pool.on('connect', () => {
    own += 1
  })
  pool.on('remove', () => {
    own -= 1
  })
  const ask = pool.connect.bind(pool) as () => Promise<Client>
  const beModest = (): void => {
    if (pool.options.max === max) setTimeout(() => Object.assign(pool.options, { max }), modestMs).unref()
    pool.options.max = Math.max(1, own)
  }
  const take = async (): Promise<Client> => {
    const until = performance.now() + patienceMs
    let isFull = false
    const timer = setTimeout(
      () => onWait(isFull ? 'full' : own < pool.options.max ? 'slow' : 'busy', own),
      spokenOfAfterMs,
    )
    try {
      for (;;) {
        try {
          return await ask()
        } catch (error) {
          if (!isDatabaseFull(error) || performance.now() > until) throw error
          isFull = true
          beModest()
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
