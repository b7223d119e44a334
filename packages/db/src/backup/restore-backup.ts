import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openDatabase } from '../open-database.ts'
import { columnList, quote, type Table } from './tables.ts'
import type { BackupHeader } from './write-backup.ts'

export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}

/**
 * Fills a database from a backup, in one transaction, then applies the migrations that are newer than it. Refuses a
 * database that holds customers or plans unless `isForced`, which empties it first. The queue's jobs are not part of
 * a backup: the sweeps make them anew from what is still to do. Returns how many rows each table got.
 */
export async function restoreBackup(
  url: string,
  file: string,
  isForced: boolean,
): Promise<ReadonlyMap<string, number>> {
  const lines = readLines(file)
  const header = readHeader((await lines.next()).value)
  await prepare(url, header, isForced)
  const client = new pg.Client({ connectionString: url, application_name: 'vpn-kiosk-restore' })
  await client.connect()
  try {
    await client.query('begin')
    const counts = await load(client, lines)
    await client.query('commit')
    await migrate(url)
    return counts
  } finally {
    await client.end()
  }
}

/** Splits at line feeds only: COPY escapes those in data, but no other separator that a line reader would honour. */
async function* readLines(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file).pipe(createGunzip()).setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function readHeader(line: unknown): BackupHeader {
  try {
    const header = JSON.parse(String(line)) as BackupHeader
    if (header.format === 'vpn-kiosk-backup' && header.version === 1) return header
  } catch {
    // Whatever it is, it is no header of ours: the sentence below says so.
  }
  throw new RestoreRefused('this file is not a VPN Kiosk backup')
}

async function prepare(url: string, header: BackupHeader, isForced: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ present: boolean }>(
      `select to_regclass('public.customers') is not null as present`,
    )
    const filled =
      rows[0]?.present && (await client.query('select 1 from customers union all select 1 from plans limit 1')).rowCount
    if (filled && !isForced) throw new RestoreRefused('the database is not empty; --force empties it first')
    await client.query('drop schema if exists pgboss cascade; drop schema public cascade; create schema public')
  } finally {
    await client.end()
  }
  await migrate(url, header.migrations)
}

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
    const table = JSON.parse(next.value) as Table
    let count = 0
    const rows = async function* () {
      for (;;) {
        const row = await lines.next()
        if (row.done) throw new RestoreRefused('the backup is cut off')
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

/** Numbers given out by the database go on after the highest that came in. */
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
