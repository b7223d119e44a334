import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { migrations } from '../migrations/index.ts'
import { decrypt, isEncrypted } from './encrypt-backup.ts'
import { RestoreRefused } from './restore-refused.ts'
import type { Table } from './tables.ts'
import type { BackupHeader } from './write-backup.ts'

/** An encrypted value of a backup. A SECRET_KEY that opens the value is the right one for this backup. */
export interface SealedSample {
  readonly place: `endpoints.secrets:${string}` | `accesses.secrets:${string}` | `settings.value:${string}`
  readonly sealed: string
}

export interface Examined {
  readonly header: BackupHeader
  /** A few of the backup's encrypted values. */
  readonly sealed: readonly SealedSample[]
}

const sampleSize = 5

/**
 * Reads a backup to its end and checks the gzip checksum, the header, and the beginning and end of every table. Returns
 * the header. Throws RestoreRefused when the file is no backup, is damaged or cut off, was written by a newer version
 * of the shop, or is encrypted with another passphrase.
 */
export async function examineBackup(file: string, passphrase: string | null = null): Promise<Examined> {
  try {
    const lines = readLines(file, passphrase)
    const header = readHeader((await lines.next()).value)
    let table: Table | null = null
    const sealed: SealedSample[] = []
    for await (const line of lines) {
      if (!table) table = readTable(line)
      else if (line === '\\.') table = null
      else if (sealed.length < sampleSize) sealed.push(...readSealed(table, line))
    }
    if (table) throw new RestoreRefused('this file is cut off: take another backup')
    return { header, sealed }
  } catch (cause) {
    if (cause instanceof RestoreRefused) throw cause
    throw new RestoreRefused('this file is damaged, or no VPN Kiosk backup', { cause })
  }
}

/** Splits at line feeds only. COPY escapes line feeds in data, but not the other separators of `readline`. */
export async function* readLines(file: string, passphrase: string | null): AsyncGenerator<string> {
  let rest = ''
  const text = await openBackup(file, passphrase)
  const unpacked = createGunzip()
  // `pipe` does not pass errors on: without this line the reader would wait for ever for a file that cannot be read.
  text.on('error', (error) => unpacked.destroy(error))
  for await (const chunk of text.pipe(unpacked).setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') throw new RestoreRefused('this file is cut off: take another backup')
}

async function openBackup(file: string, passphrase: string | null): Promise<Readable> {
  if (!(await isEncrypted(file))) return createReadStream(file)
  if (passphrase === null)
    throw new RestoreRefused('this file is encrypted: it needs its passphrase (BACKUP_PASSPHRASE)')
  return Readable.from(decrypt(file, passphrase))
}

/** The setting that every shop encrypts at its first start. A shop without sales has no other encrypted value. */
const sentinelKey = 'secret-key'

/** Reads columns without unescaping: encrypted values and ids contain nothing that COPY escapes. */
function readSealed({ name, columns }: Table, line: string): SealedSample[] {
  const values = line.split('\t')
  if (name === 'settings' && values[columns.indexOf('key')] === sentinelKey)
    return [
      { place: `settings.value:${sentinelKey}`, sealed: String(JSON.parse(values[columns.indexOf('value')] ?? '')) },
    ]
  if (name !== 'endpoints' && name !== 'accesses') return []
  const id = values[columns.indexOf('id')]
  const sealed = values[columns.indexOf('secrets')]
  return id && sealed ? [{ place: `${name}.secrets:${id}` as const, sealed }] : []
}

/** The line that precedes a table's rows. */
export const readTable = (line: string): Table => JSON.parse(line) as Table

function readHeader(line: unknown): BackupHeader {
  const header = parseHeader(line)
  if (header?.format !== 'vpn-kiosk-backup') throw new RestoreRefused('this file is not a VPN Kiosk backup')
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = header.version === 1 ? header.migrations.filter((name) => !known.has(name)) : ['another form of file']
  if (unknown.length > 0)
    throw new RestoreRefused(`this file comes from a newer version (${unknown.join(', ')}): update the shop first`)
  return header
}

function parseHeader(line: unknown): BackupHeader | null {
  try {
    return JSON.parse(String(line)) as BackupHeader
  } catch {
    // The line is no JSON, so it is not the header of a backup: the caller refuses the file.
    return null
  }
}
