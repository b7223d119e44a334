/** Postgres itself: shutting down, starting up, or the connection is broken. */
const states = /^(?:57P0[123]|08\w{3})$/
/** Postgres lets nobody else in. */
const full = /too many (?:clients|connections)|remaining connection slots/i
/** The way to it. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
])
const sentences =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/i

/**
 * Does this failure mean that the database can't be reached for now? The same statement may succeed in a moment. The
 * failure itself is looked at and not its causes: a panel that refuses a connection is the cause of another one.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway)
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return states.test(code) || network.has(code) || sentences.test(error.message) || isDatabaseFull(error)
}

/** Does it mean that Postgres has as many connections as it takes (`max_connections`)? */
export function isDatabaseFull(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseFull)
  return error instanceof Error && (('code' in error && error.code === '53300') || full.test(error.message))
}
