/** The operator typed something that cannot be carried out: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Understood and not done, with the reason and what to do: exit status 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** Ctrl-C at a question: exit status 130, as a shell has it. What is open is closed on the way out. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** What was thrown, in words; the messages of our own errors are sentences already. */
export function describeError(error: unknown): string {
  // Node leaves the message of an AggregateError (every address of a host refused) empty.
  if (error instanceof AggregateError) return error.errors.map(describeError).join('; ')
  return error instanceof Error ? error.message : String(error)
}
