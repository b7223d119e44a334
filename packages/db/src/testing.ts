import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from './open-database.ts'

const templateLock = 7_264_001

const withName = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What test databases hold from their start beyond the migrated tables. Filled once a test run, and copied from then on. */
export interface Template {
  readonly name: string
  /** Leaves no connection open. */
  fill(url: string): Promise<void>
}

const migratedOnly: Template = { name: 'kiosk_template', fill: async () => {} }

/** Makes the template once for each test run; every test database is a file copy of one. */
async function ensureTemplate(client: pg.Client, url: string, { name, fill }: Template): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [templateLock])
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount) return
    const building = `${name}_building`
    await client.query(`create database ${building}`)
    const database = await openDatabase(withName(url, building), 2)
    await database.migrate()
    await database.close()
    await fill(withName(url, building))
    await client.query(`alter database ${building} rename to ${name}`)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock])
  }
}

export interface TestDatabase {
  readonly url: string
  readonly database: Database
  drop(): Promise<void>
}

/** Creates a migrated database on the Postgres at `url` (a superuser's address); no other test uses it. */
export async function createTestDatabase(
  url: string,
  poolSize = 10,
  template: Template = migratedOnly,
): Promise<TestDatabase> {
  const name = newName()
  await asAdmin(url, async (client) => {
    await ensureTemplate(client, url, template)
    await client.query(`create database ${name} template ${template.name} strategy file_copy`)
  })
  return openTestDatabase(url, name, poolSize)
}

/** Creates a database as an earlier version left it: only `migrations` are applied. */
export async function createEarlierDatabase(url: string, migrations: readonly string[]): Promise<TestDatabase> {
  const name = newName()
  await asAdmin(url, (client) => client.query(`create database ${name}`))
  const fixture = await openTestDatabase(url, name, 10)
  await fixture.database.migrate(migrations)
  return fixture
}

const newName = () => `kiosk_${randomBytes(6).toString('hex')}`

async function openTestDatabase(url: string, name: string, poolSize: number): Promise<TestDatabase> {
  const database = await openDatabase(withName(url, name), poolSize)
  return {
    url: withName(url, name),
    database,
    drop: async () => {
      await database.close()
      await asAdmin(url, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}
