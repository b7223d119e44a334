import type { InferKyselyDB } from '@mikro-orm/postgresql'
import { type PaymentId, type SubscriptionId, toStorableJson } from '@vpn-kiosk/domain'
import type { ColumnType, Generated, Kysely } from 'kysely'
import type * as entities from './entities/index.ts'

type Entity = Extract<(typeof entities)[keyof typeof entities], { readonly name: string }>
type Inferred = InferKyselyDB<Entity>

/** The text of a value for a column that holds JSON: see `toJson`. */
export type Json<T> = string & { readonly json: T }

/** What is written into a column that holds JSON. */
export const toJson = <T>(value: T): Json<T> => toStorableJson(value) as Json<T>

/** The types with which `pg` reads and writes a column: a `bigint` is read as text, JSON is written as text. */
type Column<T> = [T] extends [Generated<infer Value>]
  ? Column<Value> extends ColumnType<infer Read, infer Written, infer Changed>
    ? ColumnType<Read, Written | undefined, Changed>
    : never
  : IsJson<T> extends true
    ? ColumnType<T, Written<T>, Written<T>>
    : ColumnType<Read<T>, T, T>

type Plain = string | number | bigint | boolean | Date | null
type IsJson<T> = [T] extends [Plain] ? false : true
type Read<T> = T extends bigint ? string : T
/** Null is written as SQL NULL, not as the JSON value `null`. */
type Written<T> = unknown extends T ? Json<unknown> : Json<NonNullable<T>> | (null extends T ? null : never)

type Table<T> = { readonly [K in keyof T]: Column<T[K]> }

/** The tables' types for Kysely, derived from the entities. */
export type Tables = { readonly [K in keyof Inferred]: Table<Inferred[K]> } & {
  readonly pending_deliveries: { readonly subscription_id: SubscriptionId }
  readonly addon_grants: { readonly payment_id: PaymentId }
  readonly renewals: { readonly subscription_id: SubscriptionId }
  readonly star_subscriptions: { readonly payment_id: PaymentId }
}

/** Kysely with the types of the shop's tables. */
export type Statements = Kysely<Tables>
