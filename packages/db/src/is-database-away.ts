/** SQLSTATE codes of a Postgres that shuts down or starts up, or of a broken connection. */
const states = /^(?:57P0[123]|08\w{3})$/
/** Messages of a Postgres that accepts no more connections. */
const full = /too many (?:clients|connections)|remaining connection slots/i
/** Network errors on the way to Postgres. */
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
 * Whether this failure means that the database cannot be reached now; the same statement may succeed a moment later.
 * Causes (`error.cause`) are not examined: a VPN panel that refuses a connection is a cause with the same code.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway)
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return states.test(code) || network.has(code) || sentences.test(error.message) || isDatabaseFull(error)
}

/** Whether this failure means that Postgres has reached `max_connections`. */
export function isDatabaseFull(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseFull)
  return error instanceof Error && (('code' in error && error.code === '53300') || full.test(error.message))
}
