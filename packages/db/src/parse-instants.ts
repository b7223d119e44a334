import pg from 'pg'

/** What is needed of a pool of `pg`. */
interface Pool {
  readonly options: { readonly types?: unknown }
}

const { TIMESTAMPTZ } = pg.types.builtins

/** Has every statement read an instant as a Date, as the entities do: MikroORM's own connection would leave it as text. */
export function parseInstants(pool: Pool): void {
  const types = pool.options.types as pg.CustomTypesConfig & Pick<typeof pg.types, 'setTypeParser'>
  types.setTypeParser(TIMESTAMPTZ, pg.types.getTypeParser(TIMESTAMPTZ, 'text'))
}
