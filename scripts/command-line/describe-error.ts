/** Describes a thrown value in words. The messages of the project's own errors are sentences already. */
export function describeError(error: unknown): string {
  // The message of Node's AggregateError (all addresses of a host refused the connection) is empty.
  if (error instanceof AggregateError) return error.errors.map(describeError).join('; ')
  return error instanceof Error ? error.message : String(error)
}
