import pg from 'pg'

/** The part of a `pg` pool that this file uses. */
interface Pool {
  readonly options: { readonly types?: unknown }
}

const { TIMESTAMPTZ } = pg.types.builtins

/** Makes every statement read timestamps as Date, as entities do. MikroORM's connection would leave them as text. */
export function parseInstants(pool: Pool): void {
  const types = pool.options.types as pg.CustomTypesConfig & Pick<typeof pg.types, 'setTypeParser'>
  types.setTypeParser(TIMESTAMPTZ, pg.types.getTypeParser(TIMESTAMPTZ, 'text'))
}
