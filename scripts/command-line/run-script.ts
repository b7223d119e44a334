import { ConfigError, withoutSecrets } from '@vpn-kiosk/app'
import { describeError } from './describe-error.ts'
import { Interrupted, UsageError } from './failures.ts'
import { type Flags, type Line, readFlags } from './read-flags.ts'
import { say, warn } from './terminal.ts'

/** Flags that every script accepts besides its own. */
const commonFlags = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
} as const satisfies Flags

export interface Outcome {
  /** For people, one line each. */
  readonly lines: readonly string[]
  /** For programs, printed as one line with `--json`. */
  readonly json: unknown
  /** Default 0. */
  readonly status?: 0 | 1
}

export interface Script<F extends Flags> {
  /** The name that is typed after `npm run`, e.g. `server:edit`. */
  readonly name: string
  /** The whole text of `--help`. */
  readonly help: string
  readonly flags: F
  /** The number of words without a flag that are accepted (default 0). */
  readonly mostWords?: number
  readonly run: (line: Line<F>) => Promise<Outcome>
}

/**
 * Runs a script from its command line to its exit status and ends the process: 0 done, 1 failed or refused, 2 wrong
 * usage or configuration. With `--json` stdout carries one JSON value, `{ "error": … }` after a failure.
 */
export async function runScript<F extends Flags>(script: Script<F>): Promise<never> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const parameters = process.argv.slice(2)
  const isForPrograms = parameters.includes('--json')
  process.exit(await carryOut(script, parameters, isForPrograms))
}

async function carryOut<F extends Flags>(
  script: Script<F>,
  parameters: readonly string[],
  isForPrograms: boolean,
): Promise<number> {
  try {
    if (parameters.some((one) => one === '--help' || one === '-h')) {
      say(script.help.trim())
      return 0
    }
    const line = readFlags(parameters, { ...script.flags, ...commonFlags }, script.mostWords ?? 0)
    const outcome = await script.run(line as Line<F>)
    if (isForPrograms) say(JSON.stringify(outcome.json))
    else for (const one of outcome.lines) say(one)
    return outcome.status ?? 0
  } catch (error) {
    return fail(error, script.name, isForPrograms)
  }
}

function fail(error: unknown, name: string, isForPrograms: boolean): 1 | 2 | 130 {
  if (error instanceof Interrupted) return 130
  const sentence = describeError(error)
  if (isForPrograms) say(JSON.stringify({ error: withoutSecrets(sentence) }))
  else warn(`✗ ${sentence}`)
  if (error instanceof UsageError && !isForPrograms) warn(`  npm run ${name} -- --help says how.`)
  return error instanceof UsageError || error instanceof ConfigError ? 2 : 1
}
