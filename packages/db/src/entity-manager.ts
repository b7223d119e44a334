import type { EntityManager as Mikro } from '@mikro-orm/postgresql'
import type { Statements } from './tables.ts'

/** MikroORM's own, whose Kysely knows the tables. */
export type EntityManager = { getKysely(): Statements } & Mikro
