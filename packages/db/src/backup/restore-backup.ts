import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openDatabase } from '../open-database.ts'
import { examineBackup, readLines, readTable } from './examine-backup.ts'
import { RestoreRefused } from './restore-refused.ts'
import { columnList, quote, type Table } from './tables.ts'

/** The restore failed after it had begun. The database is incomplete; running the restore again is safe. */
export class RestoreBroken extends Error {
  override readonly name = 'RestoreBroken'
}

/**
 * Fills a database from a backup in one transaction, then applies the migrations that are newer than the backup.
 * `examineBackup` reads the whole file before the database is touched. A database that holds customers or plans is
 * refused unless `isForced`, which empties the database first. Queue jobs are not part of a backup: the sweeps create
 * them again from unfinished work. Returns the number of rows by table. Throws RestoreRefused or RestoreBroken.
 */
export async function restoreBackup(
  url: string,
  file: string,
  isForced: boolean,
  passphrase: string | null = null,
): Promise<ReadonlyMap<string, number>> {
  const { header } = await examineBackup(file, passphrase)
  if (!isForced) await assertEmpty(url)
  try {
    await empty(url)
    await migrate(url, header.migrations)
    const counts = await fill(url, file, passphrase)
    await migrate(url)
    return counts
  } catch (cause) {
    throw new RestoreBroken(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'vpn-kiosk-restore' })
  let broken: Error | null = null
  // An `error` event without a listener would end the process. The first error is kept because it names the cause;
  // later queries only say that the connection is closed.
  client.on('error', (error) => {
    broken ??= error
  })
  await client.connect()
  try {
    return await work(client)
  } catch (error) {
    throw broken ?? error
  } finally {
    await client.end()
  }
}

const assertEmpty = (url: string): Promise<void> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ present: boolean }>(
      `select to_regclass('public.customers') is not null as present`,
    )
    if (!rows[0]?.present) return
    const { rowCount } = await client.query('select 1 from customers union all select 1 from plans limit 1')
    if (rowCount) throw new RestoreRefused('the database is not empty; --force empties it first')
  })

const empty = (url: string): Promise<unknown> =>
  connected(url, (client) =>
    client.query('drop schema if exists pgboss cascade; drop schema public cascade; create schema public'),
  )

const fill = (url: string, file: string, passphrase: string | null): Promise<Map<string, number>> =>
  connected(url, async (client) => {
    const lines = readLines(file, passphrase)
    await lines.next() // The header.
    await client.query('begin')
    await switchTriggers(client, 'disable')
    const counts = await load(client, lines)
    // Deferred constraints are checked now: Postgres refuses to switch triggers while a check is pending.
    await client.query('set constraints all immediate')
    await switchTriggers(client, 'enable')
    await client.query('commit')
    return counts
  })

/** Triggers are off during the load: the backup already holds what they count (places taken), which would double. */
const switchTriggers = (client: pg.Client, how: 'enable' | 'disable'): Promise<unknown> =>
  client.query(`do $$ declare counting record; begin
    for counting in
      select t.tgrelid::regclass as place, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgconstraint = 0
    loop
      execute format('alter table %s ${how} trigger %I', counting.place, counting.tgname);
    end loop;
  end $$`)

async function migrate(url: string, names?: readonly string[]): Promise<void> {
  const database = await openDatabase(url, 1)
  try {
    await database.migrate(names)
  } finally {
    await database.close()
  }
}

async function load(client: pg.Client, lines: AsyncGenerator<string>): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (;;) {
    const next = await lines.next()
    if (next.done) return counts
    const table = readTable(next.value)
    let count = 0
    const rows = async function* () {
      for (;;) {
        const row = await lines.next()
        if (row.done) throw new Error('the backup has changed since it was examined')
        if (row.value === '\\.') return
        count += 1
        yield `${row.value}\n`
      }
    }
    await pipeline(
      Readable.from(rows()),
      client.query(copyFrom(`copy ${quote(table.name)} (${columnList(table)}) from stdin`)),
    )
    await restartCounters(client, table)
    counts.set(table.name, count)
  }
}

/** Sets each sequence to the highest number that was loaded, so that new rows get new numbers. */
async function restartCounters(client: pg.Client, table: Table): Promise<void> {
  for (const column of table.columns) {
    const { rows } = await client.query<{ name: string | null }>('select pg_get_serial_sequence($1, $2) as name', [
      quote(table.name),
      column,
    ])
    if (!rows[0]?.name) continue
    await client.query(
      `select setval($1, greatest((select coalesce(max(${quote(column)}), 0) from ${quote(table.name)}), 1))`,
      [rows[0].name],
    )
  }
}
