import { isDatabaseAway, openDatabase } from '@vpn-kiosk/db'
import { ConfigError } from './config-error.ts'
import { type App, createApp } from './create-app.ts'
import { keepHeartbeat } from './keep-heartbeat.ts'
import { waitForDatabase } from './reach-database.ts'
import type { ProcessLife } from './run-process.ts'
import { waitFor } from './wait-for.ts'

/** The app of one process: waits for the database and its migrations, leaves signs of life, and ends with the process. */
export async function openApp(life: ProcessLife): Promise<App> {
  const { config, logger, signal } = life
  const databaseUrl = await waitForDatabase(config.database, { logger, signal })
  await waitFor('the migrations', () => assertMigrated(databaseUrl), { logger, signal })
  const parts = {
    config,
    logger,
    databaseUrl,
    supervisesQueue: life.name === 'jobs',
    takesWork: life.name !== 'web',
  }
  const isWaitedFor = isDatabaseAway
  const app = await waitFor('connections to the database', () => createApp(parts), { logger, signal, isWaitedFor })
  life.onStop('the app', app.close)
  if (life.name !== 'database') {
    const sign = await keepHeartbeat(app, life.name, process.pid)
    life.onStop('the signs of life', sign.close)
  }
  return app
}

async function assertMigrated(databaseUrl: string): Promise<void> {
  const db = await openDatabase(databaseUrl, 1)
  try {
    const unknown = await db.unknownMigrations()
    if (unknown.length > 0) {
      throw new ConfigError(
        `A newer version of the shop has migrated this database (${unknown.join(', ')}): bring that version back, or restore a backup from before it.`,
      )
    }
    const pending = await db.pendingMigrations()
    if (pending.length > 0) throw new Error(`not applied yet: ${pending.join(', ')} (npm start applies them)`)
  } finally {
    await db.close()
  }
}
