import { parseArgs } from 'node:util'

export const caseNames = ['start-up', 'menu', 'page', 'payments', 'broadcast'] as const
export type CaseName = (typeof caseNames)[number]

export interface BenchOptions {
  readonly only: ReadonlySet<CaseName>
  /** About a minute instead of five: smaller numbers, less to rely on. */
  readonly isQuick: boolean
  readonly isJson: boolean
  /** A folder that gets a CPU profile of each child process. */
  readonly profileDirectory: string | null
  readonly wantsHelp: boolean
}

export const usage = `npm run bench -- [--quick] [--only ${caseNames.join(',')}] [--json] [--profile FOLDER]`

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
    },
  })
  const named = values.only.flatMap((text) => text.split(',')).filter((text) => text !== '')
  const unknown = named.find((name) => !(caseNames as readonly string[]).includes(name))
  if (unknown !== undefined) throw new Error(`--only knows ${caseNames.join(', ')}, not ${JSON.stringify(unknown)}`)
  return {
    only: new Set(named.length > 0 ? (named as CaseName[]) : caseNames),
    isQuick: values.quick,
    isJson: values.json,
    profileDirectory: values.profile ?? null,
    wantsHelp: values.help,
  }
}
