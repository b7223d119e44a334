import { writeSync } from 'node:fs'
import { type DestinationStream, type Logger, pino } from 'pino'
import { type LogDestination, openLogFile } from './log-file.ts'

export type { Logger }

export interface LoggerOptions {
  /** Of the process, e.g. `jobs`. */
  name: string
  level: string
  /** A file of its own instead of the standard output, bounded by rotation. */
  file?: { readonly path: string; readonly maxBytes: number; readonly keep: number } | null
  /** Default: standard output, for people when that is a terminal, else one JSON object a line. */
  destination?: DestinationStream
}

/** A log that carries no secret: fields named like one, bot tokens and passwords in addresses are cut out. */
export function createLogger({ name, level, file, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    // The finished line is cut, not the arguments: nothing reaches the output by another way.
    hooks: { streamWrite: withoutSecrets },
  }
  return pino(options, destination ?? (file ? openLogFile(file) : standardOutput()))
}

/** Only for a terminal: nobody else needs what it weighs. */
const pretty = process.stdout.isTTY ? (await import('pino-pretty')).default : null

function standardOutput(): DestinationStream {
  if (pretty) return pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
  return directOutput
}

const busyTries = 50
const pause = new Int32Array(new SharedArrayBuffer(4))

/** Synchronous: the line that says why a process dies must be out before it does. What cannot be written is lost alone. */
const directOutput: LogDestination = {
  write: (line) => {
    const bytes = Buffer.from(line)
    let done = 0
    for (let tries = 0; done < bytes.length && tries < busyTries; tries++) {
      try {
        done += writeSync(1, bytes, done)
      } catch (error) {
        // Whoever reads the pipe is slow; any other reason will not go away by waiting.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
        Atomics.wait(pause, 0, 0, 10)
      }
    }
  },
}

const secretName =
  'token|secret|password|passwd|passphrase|authorization|cookie|private_?key|preshared_?key|api_?key|secret_?key'

const cuts: ReadonlyArray<readonly [RegExp, string]> = [
  // "anyToken": "…" and, inside a quoted body, \"anyToken\": \"…\"
  [
    new RegExp(`("[^"\\\\]*(?:${secretName})[^"\\\\]*"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*\\])`, 'gi'),
    '$1"[cut]"',
  ],
  [new RegExp(`(\\\\"[^"\\\\]*(?:${secretName})[^"\\\\]*\\\\"\\s*:\\s*)\\\\"[^"\\\\]*\\\\"`, 'gi'), '$1\\"[cut]\\"'],
  // A bot token, alone or in the path of a Bot API call
  [/\d{5,}:[A-Za-z0-9_-]{30,}/g, '[cut]'],
  // user:password@ in an address
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"\\]+@/gi, '$1[cut]@'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/-]{8,}=*/g, '$1 [cut]'],
  // The token of a subscription page
  [/(\/s\/)[A-Za-z0-9_-]{16,}/g, '$1[cut]'],
]

/** The same text without what looks like a secret; a JSON line stays one. */
export function withoutSecrets(text: string): string {
  return cuts.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}
