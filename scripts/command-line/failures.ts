/** The command line is wrong: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The script refuses the command; the message gives the reason and what to do. Exit status 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The operator pressed Ctrl-C at a question: exit status 130, as in a shell. Thrown, so that resources are closed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
