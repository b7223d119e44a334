import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@vpn-kiosk/db/embedded-postgres'
import { pingDatabase } from '@vpn-kiosk/db/ping-database'
import type { DatabaseConfig } from './config.ts'
import { type WaitOptions, waitFor } from './wait-for.ts'

/** Where the process that serves the embedded Postgres leaves its address for the others of this machine. */
const addressFile = (directory: string): string => join(directory, 'url')

/** Waits until the database answers and returns its address, a secret. */
export async function waitForDatabase(database: DatabaseConfig, options: WaitOptions): Promise<string> {
  return waitFor('the database', () => findDatabase(database), options)
}

/** Serves the embedded Postgres for every process of this machine until `close`. */
export async function serveDatabase(directory: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory })
  await writeFile(addressFile(directory), `${postgres.url}\n`, { mode: 0o600 })
  return {
    ...postgres,
    close: async () => {
      await rm(addressFile(directory), { force: true })
      await postgres.close()
    },
  }
}

/**
 * The database for a script that runs and ends: the one that answers, else the embedded one, served by the script
 * itself until `release`. Throws when a DATABASE_URL does not answer.
 */
export async function borrowDatabase(database: DatabaseConfig): Promise<{ url: string; release(): Promise<void> }> {
  if (database.kind === 'embedded') {
    const running = await findDatabase(database).catch(() => null)
    if (running) return { url: running, release: async () => undefined }
    const postgres = await serveDatabase(database.directory)
    return { url: postgres.url, release: postgres.close }
  }
  return { url: await findDatabase(database), release: async () => undefined }
}

async function findDatabase(database: DatabaseConfig): Promise<string> {
  const url = database.kind === 'url' ? database.url : await readAddress(database.directory)
  await pingDatabase(url)
  return url
}

async function readAddress(directory: string): Promise<string> {
  try {
    return (await readFile(addressFile(directory), 'utf8')).trim()
  } catch (cause) {
    throw new Error('the process "database" has not started it yet', { cause })
  }
}
