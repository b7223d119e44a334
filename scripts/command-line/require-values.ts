import { UsageError } from './failures.ts'
import { ask, isInteractive } from './terminal.ts'

export interface Wanted {
  /** As the operator types it, without the dashes. */
  readonly flag: string
  readonly question: string
  /** The typed value, if any. */
  readonly typed: string | undefined
  /** The value of an empty answer. */
  readonly preset?: string | undefined
}

/**
 * Returns the values of required flags. In a terminal the operator is asked for values that were not typed; elsewhere
 * one UsageError names all missing flags.
 */
export async function requireValues<const W extends readonly Wanted[]>(
  wanted: W,
): Promise<Record<W[number]['flag'], string>> {
  const missing = wanted.filter(({ typed, preset }) => !typed?.trim() && preset === undefined)
  if (missing.length > 0 && !isInteractive()) {
    throw new UsageError(`Missing: ${missing.map(({ flag }) => `--${flag}`).join(', ')}.`)
  }
  const values: Record<string, string> = {}
  for (const { flag, question, typed, preset } of wanted) {
    const known = typed?.trim() || (isInteractive() ? undefined : preset)
    values[flag] = known ?? (await ask(question, preset))
  }
  return values as Record<W[number]['flag'], string>
}
