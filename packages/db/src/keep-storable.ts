import { toStorable } from '@vpn-kiosk/domain'

/** What is needed of a pool of `pg`. */
interface Pool {
  on(event: 'connect', listener: (client: { query: unknown }) => void): unknown
}

/**
 * Has what Postgres cannot keep replaced in every statement on its way there, written into it or sent beside it: a name
 * or an id with U+0000 in it is then stored or not found, where Postgres would refuse the statement.
 */
export function keepStorable(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = (client.query as (...parameters: unknown[]) => unknown).bind(client)
    client.query = (statement: unknown, values: unknown, ...rest: unknown[]) =>
      query(cleanStatement(statement), cleanValue(values), ...rest)
  })
}

function cleanStatement(statement: unknown): unknown {
  if (typeof statement === 'string') return cleanValue(statement)
  if (isQuery(statement)) return { ...statement, values: cleanValue(statement.values) }
  return statement
}

/** A statement with a name and values; a cursor or a stream is a class of its own, and left alone. */
const isQuery = (statement: unknown): statement is { readonly values: unknown } =>
  typeof statement === 'object' &&
  statement !== null &&
  Object.getPrototypeOf(statement) === Object.prototype &&
  'values' in statement

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? toStorable(value) : value
  return Array.isArray(value) ? value.map(cleanValue) : value
}
