import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Where log lines go. */
export interface LogDestination {
  write(line: string): void
}

export interface LogFileOptions {
  readonly path: string
  /** A file that would grow beyond this begins anew. */
  readonly maxBytes: number
  /** So many full ones are kept: `client.log.1` is the youngest. */
  readonly keep: number
}

/** How a line reaches a file; tests put a full disk in its place. */
export type WriteBytes = (fd: number, bytes: Buffer) => number

/**
 * A log file that only its owner can read and that never grows beyond its bounds. Lines are written at once: the one that
 * says why a process dies is out before it does. A line that finds no room is lost, not the process and not the lines
 * after it: once there is room again, the log says how many are missing.
 */
export function openLogFile({ path, maxBytes, keep }: LogFileOptions, write: WriteBytes = writeSync): LogDestination {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let fd: number | null = null
  let size = 0
  let lost = 0
  let isTorn = false

  const open = () => {
    fd = openSync(path, 'a', 0o600)
    chmodSync(path, 0o600)
    size = fstatSync(fd).size
  }
  const rotate = () => {
    if (fd !== null) closeSync(fd)
    fd = null
    rmSync(`${path}.${keep}`, { force: true })
    for (let number = keep - 1; number >= 1; number--) {
      if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`)
    }
    renameSync(path, `${path}.1`)
  }
  const append = (text: string) => {
    const bytes = Buffer.from(text)
    if (fd !== null && size > 0 && size + bytes.length > maxBytes) rotate()
    if (fd === null) open()
    for (let done = 0; done < bytes.length; ) {
      const written = write(fd as unknown as number, done === 0 ? bytes : bytes.subarray(done))
      done += written
      size += written
      isTorn = done < bytes.length
    }
  }
  return {
    write: (line) => {
      try {
        if (lost > 0) {
          append(
            `${isTorn ? '\n' : ''}${JSON.stringify({ level: 40, time: new Date().toISOString(), msg: 'Log lines were lost', lost })}\n`,
          )
          lost = 0
        }
        append(line)
      } catch {
        // There is nowhere to say it: the disk is full, or the folder is gone.
        lost += 1
      }
    },
  }
}
