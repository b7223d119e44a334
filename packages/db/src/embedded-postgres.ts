import { chmod, mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { findBinaries } from './embedded-postgres/binaries.ts'
import { chooseAccount } from './embedded-postgres/choose-account.ts'
import { ensureCluster } from './embedded-postgres/cluster.ts'
import { leaveOwnership, takeOwnership } from './embedded-postgres/ownership.ts'
import { choosePort } from './embedded-postgres/port.ts'
import { type ServerProcess, startServer } from './embedded-postgres/server-process.ts'

const databaseName = 'vpn_kiosk'

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster, its password and its log. It is created when absent and used again when present. */
  directory: string
  /** Port on 127.0.0.1. By default the port of the last start, or a free one when that is taken. */
  port?: number
  /** Server settings as `name=value`; they override the defaults of this function. */
  settings?: string[]
}

/** A Postgres server that lives as long as this process. */
export interface EmbeddedPostgres {
  /** Address of the database, password included: never log it. */
  url: string
  /** Settles when the server has ended, after `close` or by a crash. */
  exited: Promise<void>
  /** Ends the server and waits for it; safe to call twice. */
  close(): Promise<void>
}

/**
 * Runs a real Postgres 18 from a folder, for machines without one. Only this machine can reach the server.
 *
 * Works as root too (under another account) and after a crash. Throws an error that says what to do when the
 * folder is served by another process or belongs to another user.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.directory, { recursive: true })
  const directory = await realpath(options.directory)
  // Postgres may run under another account, which must be able to enter the folder. Each file has its own strict mode.
  if (process.getuid?.() === 0) await chmod(directory, 0o711)
  await takeOwnership(directory)
  try {
    return await serve(directory, options)
  } catch (error) {
    await leaveOwnership(directory)
    throw error
  }
}

async function serve(directory: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = join(directory, 'data')
  const binaries = await findBinaries()
  const account = await chooseAccount({ cluster: dataDirectory, entered: [directory, binaries.postgres] })
  const password = await ensureCluster(directory, binaries, account)
  const port = options.port ?? (await choosePort(directory))
  const server = await startServer({
    postgres: binaries.postgres,
    dataDirectory,
    logFile: join(directory, 'postgres.log'),
    port,
    account,
    settings: [...serverSettings(), ...(options.settings ?? [])],
  })
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/${databaseName}`
  await ensureDatabase(url)
  return { url, exited: server.exited, close: () => stop(directory, server) }
}

function serverSettings(): string[] {
  return [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=200',
  ]
}

async function ensureDatabase(url: string): Promise<void> {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const client = new pg.Client({ connectionString: maintenance.href })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

async function stop(directory: string, server: ServerProcess): Promise<void> {
  await server.close()
  await leaveOwnership(directory)
}
