// Brings the database to the present schema: `node scripts/migrate.ts`. Safe to repeat, and while the shop runs.
import { parseArgs } from 'node:util'
import { borrowDatabase, ConfigError, loadEnvironment, readConfig } from '@vpn-kiosk/app'
import { openDatabase } from '@vpn-kiosk/db'

const { values } = parseArgs({ options: { help: { type: 'boolean' } } })
if (values.help) {
  console.log(
    'Usage: node scripts/migrate.ts\nApplies the migrations that the database named by DATABASE_URL (or the embedded one) lacks.',
  )
} else {
  process.exitCode = await migrate()
}

async function migrate(): Promise<number> {
  try {
    const borrowed = await borrowDatabase(readConfig(loadEnvironment()).database)
    try {
      console.log(describe(await applyMigrations(borrowed.url)))
    } finally {
      await borrowed.release()
    }
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return error instanceof ConfigError ? 2 : 1
  }
}

async function applyMigrations(url: string): Promise<string[]> {
  const database = await openDatabase(url, 1)
  try {
    return await database.migrate()
  } finally {
    await database.close()
  }
}

function describe(applied: string[]): string {
  return applied.length === 0 ? 'The database is up to date' : `The database is migrated: ${applied.join(', ')}`
}
