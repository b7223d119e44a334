import { type DestinationStream, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

export interface LoggerOptions {
  /** Of the process, e.g. `jobs`. */
  name: string
  level: string
  /** Default: standard output, for people when that is a terminal, else one JSON object a line. */
  destination?: DestinationStream
}

/** A log that carries no secret: fields named like one, bot tokens and passwords in addresses are cut out. */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    // The finished line is cut, not the arguments: nothing reaches the output by another way.
    hooks: { streamWrite: withoutSecrets },
  }
  return pino(options, destination ?? standardOutput())
}

function standardOutput(): DestinationStream {
  if (process.stdout.isTTY) return pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
  // Synchronous: the line that says why a process dies must be out before it does.
  return pino.destination({ fd: 1, sync: true })
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
