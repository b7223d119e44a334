import { toStorable } from '@vpn-kiosk/domain'

/** The part of a `pg` pool that this file uses. */
interface Pool {
  on(event: 'connect', listener: (client: { query: unknown }) => void): unknown
}

/**
 * Replaces characters that Postgres cannot store (U+0000) in every statement, both in its text and in its values.
 * Without this, a customer's name or a looked-up id with such a character would make the statement fail.
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

/** A statement as a plain object with text and values. Cursors and streams are other classes and pass unchanged. */
const isQuery = (statement: unknown): statement is { readonly values: unknown } =>
  typeof statement === 'object' &&
  statement !== null &&
  Object.getPrototypeOf(statement) === Object.prototype &&
  'values' in statement

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? toStorable(value) : value
  return Array.isArray(value) ? value.map(cleanValue) : value
}
