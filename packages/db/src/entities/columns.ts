import { p } from '@mikro-orm/core'
import { StorableJson } from './storable-json.ts'

/** An id of ours: the prefix names the table. */
export const id = <T extends string>() => p.string().columnType('text').$type<T>()
export const text = <T extends string = string>() => p.text().$type<T>()
/** An instant, UTC, microseconds in the database, milliseconds in the program. */
export const at = () => p.datetime().columnType('timestamptz')
export const bigint = () => p.bigint('bigint')
export const int = () => p.integer()
export const flag = () => p.boolean()
export const json = <T>() => p.type(StorableJson).$type<T>()
