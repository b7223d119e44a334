/** The part of a `pg` pool that this file uses. */
interface Pool {
  on(event: 'connect', listener: (client: { query: unknown }) => void): unknown
}

/** The number of texts that are prepared, first come first served. Each plan takes about 70 kB in each connection. */
const mostNames = 200
const names = new Map<string, string>()

/**
 * Makes each connection prepare a statement once and then reuse its plan. This applies to statements with parameters
 * (`$1`, `$2` …), which Kysely and pg-boss send with the same text each time. MikroORM writes the values of entities
 * into the text, so its statements are not prepared.
 */
export function prepareStatements(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = (client.query as (...parameters: unknown[]) => unknown).bind(client)
    client.query = (statement: unknown, values: unknown, ...rest: unknown[]) => {
      const isApart = typeof statement === 'string' && Array.isArray(values) && values.length > 0
      const name = isApart ? nameOf(statement) : undefined
      return name ? query({ name, text: statement, values }, ...rest) : query(statement, values, ...rest)
    }
  })
}

function nameOf(text: string): string | undefined {
  if (!names.has(text) && names.size < mostNames) names.set(text, `text_${names.size + 1}`)
  return names.get(text)
}
