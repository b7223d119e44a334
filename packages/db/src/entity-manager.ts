import type { EntityManager as Mikro } from '@mikro-orm/postgresql'
import type { Statements } from './tables.ts'

/** MikroORM's entity manager, with a Kysely that knows the types of the tables. */
export type EntityManager = { getKysely(): Statements } & Mikro
