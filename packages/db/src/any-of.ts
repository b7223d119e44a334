import { type Expression, type RawBuilder, sql } from 'kysely'

/**
 * One of many, sent as one array: the text is the same however many there are, where `in` would name each.
 *
 * @example
 * db.selectFrom('devices').select('name').where('id', '=', anyOf(ids))
 */
export const anyOf = <T>(values: readonly T[] | Expression<readonly T[]>): RawBuilder<T> => sql<T>`any(${values})`
