import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './failures.ts'

export type Flags = NonNullable<ParseArgsConfig['options']>

/** The typed values by flag; flags that were not typed are absent. */
type Typed<F extends Flags> = {
  readonly [N in keyof F]?: F[N]['type'] extends 'boolean' ? boolean : string
}

export interface Line<F extends Flags> {
  readonly typed: Typed<F>
  /** Words without a flag, e.g. the file of `restore`. */
  readonly words: readonly string[]
}

/** Reads a command line. Throws UsageError, one sentence, for a flag that is unknown or has a wrong form. */
export function readFlags<F extends Flags>(parameters: readonly string[], options: F, mostWords: number): Line<F> {
  const { values, positionals } = parse(parameters, options)
  const extra = positionals[mostWords]
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`)
  return { typed: values as Typed<F>, words: positionals }
}

function parse(parameters: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...parameters], options, strict: true, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Node's first sentence names the flag; what follows is advice for programmers.
    throw new UsageError(`${error.message.split(/\.\s/)[0]?.replace(/\.$/, '')}.`)
  }
}
