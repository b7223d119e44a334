/** What is needed of a pool of `pg`. */
interface Pool {
  on(event: 'connect', listener: (client: { query: unknown }) => void): unknown
}

/** Postgres keeps a plan for each in every connection, about 70 kB, so there is an end to them; those sent first have one. */
const mostNames = 200
const names = new Map<string, string>()

/**
 * Has Postgres parse and plan a text once a connection wherever its values are sent apart from it (`$1`, `$2` …), as
 * Kysely and pg-boss do: their texts are the same each time. MikroORM's entities come with their values in the text.
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
