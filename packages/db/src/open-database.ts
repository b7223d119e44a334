import { setTimeout as delay } from 'node:timers/promises'
import { Migrator } from '@mikro-orm/migrations'
import { LockMode, MikroORM } from '@mikro-orm/postgresql'
import { CompiledQuery } from 'kysely'
import { writeBackup } from './backup/write-backup.ts'
import * as entities from './entities/index.ts'
import type { EntityManager } from './entity-manager.ts'
import { keepConnections } from './keep-connections.ts'
import { keepStorable } from './keep-storable.ts'
import { migrations } from './migrations/index.ts'
import { parseInstants } from './parse-instants.ts'
import { prepareStatements } from './prepare-statements.ts'
import { runTransaction } from './run-transaction.ts'
import type { Statements } from './tables.ts'
import { type ConnectionWait, waitForConnections } from './wait-for-connections.ts'

export { LockMode }

/** The facts' door. `em` is fresh each time, so nothing read earlier is served again from memory. */
export interface Database {
  em(): EntityManager
  /** Statements outside any transaction. */
  getKysely(): Statements
  /** Rows of a text with `$1`, `$2` …, outside any transaction: the way of `prepared` statements. */
  send<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]>
  /**
   * Runs `work` in one transaction; a throw rolls it back. No network call belongs inside. Whoever Postgres picks to
   * end a deadlock is run again from the start, so `work` changes nothing but the database.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T>
  /** Resolves once the database answers. */
  ping(): Promise<void>
  /** The connections themselves (a pool of `pg`), for the queue to share. */
  pool(): Promise<object>
  /** Applies what is missing (of `names`, when given); returns the names applied. */
  migrate(names?: readonly string[]): Promise<string[]>
  /** Names of migrations not applied yet. */
  pendingMigrations(): Promise<string[]>
  /** Names of those that are applied. */
  appliedMigrations(): Promise<string[]>
  /** Names of applied migrations that this version of the code does not know: a newer one was here. */
  unknownMigrations(): Promise<string[]>
  /** Writes all tables to a gzip file, encrypted where there is a passphrase; returns its name. See `writeBackup`. */
  createBackup(file: string, at: Date): Promise<string>
  close(): Promise<void>
}

const schema = Object.values(entities)

/** A pool that is closed while it opens a connection may never say that it is closed. */
const closeLimitMs = 3000

export interface DatabaseOptions {
  /** Hears of connections that are long in coming. */
  readonly onWait?: ConnectionWait['onWait']
  /** Encrypts backups; null or absent: they are plain. */
  readonly backupPassphrase?: string | null
}

type Pool = Parameters<typeof keepConnections>[0] &
  Parameters<typeof keepStorable>[0] &
  Parameters<typeof parseInstants>[0] &
  Parameters<typeof waitForConnections>[0]

export const ormOptions = (url: string, poolSize: number, onWait: ConnectionWait['onWait'] = () => {}) => ({
  entities: schema,
  clientUrl: url,
  extensions: [Migrator],
  pool: { min: 0, max: poolSize },
  driverOptions: {
    onPoolCreated: (pool: Pool) => {
      keepConnections(pool)
      prepareStatements(pool)
      keepStorable(pool)
      parseInstants(pool)
      waitForConnections(pool, { onWait })
    },
  },
  forceUtcTimezone: true,
  ensureDatabase: false as const,
  logger: () => {},
  migrations: { migrationsList: migrations, snapshot: false, tableName: 'migrations' },
  discovery: { warnWhenNoEntities: false },
})

const known = new Set(migrations.map(({ name }) => name))

const readApplied = async (orm: MikroORM): Promise<string[]> =>
  (await orm.migrator.getExecuted()).map(({ name }) => name)

/** Opens a pool of at most `poolSize` connections to a Postgres 15 or later. No query is made yet. */
export async function openDatabase(
  url: string,
  poolSize = 10,
  { onWait, backupPassphrase = null }: DatabaseOptions = {},
): Promise<Database> {
  const orm = await MikroORM.init(ormOptions(url, poolSize, onWait))
  const connection = orm.em.getConnection()
  return {
    em: () => orm.em.fork() as EntityManager,
    getKysely: () => connection.getClient() as unknown as Statements,
    send: async <Row extends object>(text: string, values: readonly unknown[]) => {
      const pool = await connection.getNativeClient()
      return (await pool.query<Row>(text, [...values])).rows
    },
    transaction: (work) => runTransaction(orm, work),
    ping: async () => void (await connection.getClient().executeQuery(CompiledQuery.raw('select 1'))),
    pool: () => connection.getNativeClient(),
    migrate: async (names) =>
      (await orm.migrator.up(names ? { migrations: [...names] } : undefined)).map((done) => done.name),
    pendingMigrations: async () => (await orm.migrator.getPending()).map((one) => one.name),
    appliedMigrations: () => readApplied(orm),
    unknownMigrations: async () => (await readApplied(orm)).filter((name) => !known.has(name)),
    createBackup: (file, at) => writeBackup(url, file, at, backupPassphrase),
    close: () => Promise.race([orm.close(), delay(closeLimitMs, undefined, { ref: false })]),
  }
}
