import { parseArgs } from 'node:util'

const caseNames = ['start-up', 'idle', 'menu', 'page', 'payments', 'broadcast', 'scale', 'webhooks', 'report'] as const
export type CaseName = (typeof caseNames)[number]

export interface BenchOptions {
  readonly only: ReadonlySet<CaseName>
  /** About a minute instead of five: smaller numbers, less to rely on. */
  readonly isQuick: boolean
  /** Customers of the large shop of `scale` and `webhooks`. */
  readonly size: number
  readonly isJson: boolean
  /** A folder that gets a CPU profile of each child process. */
  readonly profileDirectory: string | null
  readonly wantsHelp: boolean
}

export const usage = `npm run bench -- [--quick] [--only ${caseNames.join(',')}] [--size CUSTOMERS] [--json] [--profile FOLDER]`

/** Filling a large shop takes minutes: only when it is asked for. */
const usualCases = caseNames.filter((name) => name !== 'scale' && name !== 'webhooks' && name !== 'report')
const usualSize = 50_000
const largestSize = 1_000_000

/** Throws a sentence for whoever typed it. */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string', multiple: true, default: [] },
      profile: { type: 'string' },
      size: { type: 'string', default: String(usualSize) },
    },
  })
  const named = values.only.flatMap((text) => text.split(',')).filter((text) => text !== '')
  const unknown = named.find((name) => !(caseNames as readonly string[]).includes(name))
  if (unknown !== undefined) throw new Error(`--only knows ${caseNames.join(', ')}, not ${JSON.stringify(unknown)}`)
  const size = Number(values.size)
  if (!Number.isInteger(size) || size < 1000 || size > largestSize)
    throw new Error(`--size is a number of customers from 1000 to ${largestSize}`)
  return {
    size,
    only: new Set(named.length > 0 ? (named as CaseName[]) : usualCases),
    isQuick: values.quick,
    isJson: values.json,
    profileDirectory: values.profile ?? null,
    wantsHelp: values.help,
  }
}
