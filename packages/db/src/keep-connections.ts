/** The part of a `pg` pool that this file uses. */
interface Pool {
  readonly options: { idleTimeoutMillis?: number }
  once(event: 'connect', listener: (client: Client) => void): unknown
}
interface Client {
  query(text: string): Promise<{ rows: { max_connections: string }[] }>
}

/** Enough connections for the full pools of all processes of a shop, and for the owner's own tools. */
const plenty = 50
/** Longer than the pause between heartbeats and slow polls: opening a connection costs more than such a query. */
const longIdleMs = 35_000
/** With a small `max_connections` an idle connection is closed soon, so that another process can have it. */
const shortIdleMs = 2_000

/** Keeps idle connections open for longer when the Postgres allows enough connections for all processes. */
export function keepConnections(pool: Pool): void {
  pool.options.idleTimeoutMillis = shortIdleMs
  pool.once('connect', (client) => {
    client.query('show max_connections').then(
      ({ rows }) => {
        if (Number(rows[0]?.max_connections) >= plenty) pool.options.idleTimeoutMillis = longIdleMs
      },
      // The connection broke. The next query on the connection reports the failure to its caller.
      () => {},
    )
  })
}
