import type { EntityManager } from '@mikro-orm/postgresql'

const noSteps = { queryId: 'statement' }

/**
 * Rows of a statement in the transaction of `em`, planned once a connection (see `prepareStatements`): half of what
 * `em.execute` costs. `text` is the same each time, with `$1`, `$2` … for its values, and names the columns it returns:
 * a plan does not outlive the day on which `*` means more. A `bigint` comes as text, a timestamp as text or Date.
 */
export async function runStatement<Row extends object>(
  em: EntityManager,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const query = { kind: 'RawNode', sqlFragments: [text], parameters: [] } as const
  const { rows } = await em.getKysely().executeQuery<Row>({ sql: text, parameters: values, query, queryId: noSteps })
  return rows
}
