import { UsageError } from './failures.ts'
import { ask, isInteractive } from './terminal.ts'

export interface Wanted {
  /** As the operator types it, without the dashes. */
  readonly flag: string
  readonly question: string
  /** What was typed, if anything. */
  readonly typed: string | undefined
  /** What an empty answer means. */
  readonly preset?: string | undefined
}

/**
 * The values of flags that must have one, by flag. What was not typed is asked for in a terminal; elsewhere all that
 * is missing is named at once in a UsageError.
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
