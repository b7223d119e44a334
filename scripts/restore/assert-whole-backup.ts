import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Refusal } from '../command-line/failures.ts'

const START = '{"format":"vpn-kiosk-backup"'

/** Reads the file to its end before anything is emptied for it. Throws Refusal when it is no backup, or not whole. */
export async function assertWholeBackup(file: string): Promise<void> {
  const ending = await readEnding(file)
  // The last table ends with the line `\.`: a file cut at a line would show here and nowhere else.
  if (!ending.endsWith('\n\\.\n')) throw new Refusal(`${file} is cut off: take another backup.`)
}

async function readEnding(file: string): Promise<string> {
  let start = ''
  let ending = ''
  try {
    for await (const chunk of createReadStream(file).pipe(createGunzip()).setEncoding('utf8')) {
      if (start.length < START.length) start = (start + chunk).slice(0, START.length)
      ending = (ending + chunk).slice(-4)
    }
  } catch (cause) {
    throw new Refusal(`${file} cannot be read: it is damaged, or no VPN Kiosk backup.`, { cause })
  }
  if (start !== START) throw new Refusal(`${file} is not a VPN Kiosk backup.`)
  return ending
}
