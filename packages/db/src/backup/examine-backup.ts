import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { migrations } from '../migrations/index.ts'
import type { Table } from './tables.ts'
import type { BackupHeader } from './write-backup.ts'

/** Nothing was touched. The message is a sentence that continues a name or stands alone, without its full stop. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}

/**
 * Reads a backup to its end: the gzip checksum, the header, every table's beginning and end. Returns the header.
 * Throws RestoreRefused for what is no backup, is damaged or cut off, or was written by a newer version of the shop.
 */
export async function examineBackup(file: string): Promise<BackupHeader> {
  try {
    const lines = readLines(file)
    const header = readHeader((await lines.next()).value)
    let isInTable = false
    for await (const line of lines) {
      if (!isInTable) readTable(line)
      isInTable = line !== '\\.'
    }
    if (isInTable) throw new RestoreRefused('this file is cut off: take another backup')
    return header
  } catch (cause) {
    if (cause instanceof RestoreRefused) throw cause
    throw new RestoreRefused('this file is damaged, or no VPN Kiosk backup', { cause })
  }
}

/** Splits at line feeds only: COPY escapes those in data, but no other separator that a line reader would honour. */
export async function* readLines(file: string): AsyncGenerator<string> {
  let rest = ''
  const text = createReadStream(file)
  const unpacked = createGunzip()
  // `pipe` passes no failure on, and a file that can't be read would never end.
  text.on('error', (error) => unpacked.destroy(error))
  for await (const chunk of text.pipe(unpacked).setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') throw new RestoreRefused('this file is cut off: take another backup')
}

/** The line before a table's rows. */
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
    // Whatever it is, it is no header of ours: the caller says so.
    return null
  }
}
