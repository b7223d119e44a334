import { type Expression, type RawBuilder, sql } from 'kysely'

/**
 * "One of these values", sent as one array parameter. The statement's text is then the same for any number of values,
 * so Postgres can use its prepared plan again; `in` would make another text for each number.
 *
 * @example
 * db.selectFrom('devices').select('name').where('id', '=', anyOf(ids))
 */
export const anyOf = <T>(values: readonly T[] | Expression<readonly T[]>): RawBuilder<T> => sql<T>`any(${values})`
