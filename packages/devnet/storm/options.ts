import { parseArgs } from 'node:util'

export interface StormOptions {
  readonly minutes: number
  readonly customers: number
  /** A 3X-UI binary with its `bin/` beside it, to be the panel; null = the simulated one. */
  readonly xui: string | null
  /** An Xray binary, to be the customers' apps; only with a real panel. */
  readonly core: string | null
}

export const usage = `npm run storm -- [--minutes 3] [--customers 60] [--xui PATH [--core PATH]]
Starts a copy of this shop with npm start, lets customers buy in its bots, kills its parts with -9 at random, and compares
the provider's, the database's, the panel's and the chats' books. Exit 0 when they agree.
  --xui PATH   a real 3X-UI binary as the panel (a folder of its own is made for it); else the simulated one
  --core PATH  an Xray binary: every customer's link must carry a page, and stop within a minute of a ban`

/** Null when only the usage is wanted. Throws a sentence for whoever typed it. */
export function readOptions(parameters: readonly string[]): StormOptions | null {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      minutes: { type: 'string', default: '3' },
      customers: { type: 'string', default: '60' },
      xui: { type: 'string' },
      core: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return null
  if (values.core !== undefined && values.xui === undefined)
    throw new Error('--core needs --xui: only a real panel carries anything')
  return {
    minutes: readNumber('--minutes', values.minutes, 30),
    customers: readNumber('--customers', values.customers, 1000),
    xui: values.xui ?? null,
    core: values.core ?? null,
  }
}

function readNumber(flag: string, text: string, most: number): number {
  const number = Number(text)
  if (!(number > 0 && number <= most)) throw new Error(`${flag} takes a number up to ${most}`)
  return number
}
