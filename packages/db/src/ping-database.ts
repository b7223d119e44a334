import pg from 'pg'

const pingLimitMs = 5_000

/** Resolves when the Postgres at `url` answers a query; otherwise throws the connection's or the query's error. */
export async function pingDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: pingLimitMs })
  // An `error` event without a listener would end the process; after the answer a broken connection does not matter.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end().catch(() => undefined)
  }
}
