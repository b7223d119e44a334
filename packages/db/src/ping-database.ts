import pg from 'pg'

const PING_LIMIT_MS = 5_000

/** Resolves when the server behind `url` answers a query; throws what stopped it otherwise. */
export async function pingDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PING_LIMIT_MS })
  // A connection that breaks after the answer is of no interest, and would otherwise end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end().catch(() => undefined)
  }
}
