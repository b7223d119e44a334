import { parseArgs } from 'node:util'

export interface KillOptions {
  /** Only cases whose names have this in them; empty = all. */
  readonly only: string
  readonly stride: number
}

export const usage = `npm run kills -- [--only WORDS] [--every 1]
Kills a process of the shop with -9 at everything that its verbs of money and time wait for (gifts, refunds, top-ups,
add-ons, renewals, plan switches, freezes, stars, notifications), starts the next one, and compares the database's, the provider's and the panel's
books with those of a run in which nobody died. Takes some minutes. Exit 0 when they agree.
  --only WORDS  only the cases whose names have these words
  --every N     dies at every Nth thing only`

/** Null when only the usage is wanted. Throws a sentence for whoever typed it. */
export function readOptions(parameters: readonly string[]): KillOptions | null {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      only: { type: 'string', default: '' },
      every: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return null
  const stride = Number(values.every)
  if (!(Number.isInteger(stride) && stride > 0)) throw new Error('--every takes a whole number above zero')
  return { only: values.only, stride }
}
