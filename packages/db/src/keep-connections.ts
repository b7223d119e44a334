/** What is needed of a pool of `pg`. */
interface Pool {
  readonly options: { idleTimeoutMillis?: number }
  once(event: 'connect', listener: (client: Client) => void): unknown
}
interface Client {
  query(text: string): Promise<{ rows: { max_connections: string }[] }>
}

/** Enough for every process of a shop to have as many as it may, and for the owner's own tools. */
const plenty = 50
/** Longer than a process at rest pauses (signs of life, slow polls): opening a connection costs more than its query. */
const longIdleMs = 35_000
/** Where there are few, those who wait for one get it soon. */
const shortIdleMs = 2_000

/** Keeps connections that nobody uses for a while, where Postgres has enough for all. */
export function keepConnections(pool: Pool): void {
  pool.options.idleTimeoutMillis = shortIdleMs
  pool.once('connect', (client) => {
    client.query('show max_connections').then(
      ({ rows }) => {
        if (Number(rows[0]?.max_connections) >= plenty) pool.options.idleTimeoutMillis = longIdleMs
      },
      // The connection broke; whoever wanted it hears so.
      () => {},
    )
  })
}
