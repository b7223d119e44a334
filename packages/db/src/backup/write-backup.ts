import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { encrypt } from './encrypt-backup.ts'
import { columnList, listTables, quote } from './tables.ts'

export interface BackupHeader {
  readonly format: 'vpn-kiosk-backup'
  readonly version: 1
  readonly at: string
  /** Names of the migrations that were applied when the backup was written. */
  readonly migrations: readonly string[]
}

/**
 * Writes one snapshot of every table to a gzip file: a header line, then for each table a line with its name, its rows
 * in COPY's text form and `\.`. Needs no program besides Node. The file gets its name only when it is complete; with a
 * passphrase it is encrypted and called `<file>.enc`. Returns the file's name.
 */
export async function writeBackup(url: string, file: string, at: Date, passphrase: string | null): Promise<string> {
  const name = passphrase === null ? file : `${file}.enc`
  const client = new pg.Client({ connectionString: url, application_name: 'vpn-kiosk-backup' })
  // The running query rejects by itself; an `error` event without a listener would end the process.
  client.on('error', () => {})
  await client.connect()
  const unfinished = `${name}.part`
  try {
    await client.query('begin isolation level repeatable read, read only')
    const target = createWriteStream(unfinished, { mode: 0o600 })
    if (passphrase === null) await pipeline(Readable.from(dump(client, at)), createGzip(), target)
    else {
      const sealed = (packed: AsyncIterable<Buffer>) => encrypt(packed, passphrase)
      await pipeline(Readable.from(dump(client, at)), createGzip(), sealed, target)
    }
    await client.query('commit')
    await rename(unfinished, name)
    return name
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

async function* dump(client: pg.Client, at: Date): AsyncGenerator<Buffer | string> {
  const { rows } = await client.query<{ name: string }>('select name from migrations order by id')
  const header: BackupHeader = {
    format: 'vpn-kiosk-backup',
    version: 1,
    at: at.toISOString(),
    migrations: rows.map((row) => row.name),
  }
  yield `${JSON.stringify(header)}\n`
  for (const table of await listTables(client)) {
    yield `${JSON.stringify(table)}\n`
    yield* client.query(copyTo(`copy ${quote(table.name)} (${columnList(table)}) to stdout`))
    yield '\\.\n'
  }
}
