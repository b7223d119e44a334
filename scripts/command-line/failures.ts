/** The operator typed something that cannot be carried out: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Understood and not done, with the reason and what to do: exit status 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
