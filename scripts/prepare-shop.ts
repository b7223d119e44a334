// `npm start` runs this before the processes: schema, SECRET_KEY, price list. One script for all keeps a start quick.
import { join } from 'node:path'
import { createApp, loadEnvironment, projectDirectory, readConfig } from '@vpn-kiosk/app'
import { openDatabase } from '@vpn-kiosk/db'
import { borrowNamedDatabase } from './borrow-app/borrow-named-database.ts'
import { errorsOnly } from './borrow-app/with-app.ts'
import { runScript } from './command-line/run-script.ts'
import { applyMigrations, assertKnown } from './migrate/apply-migrations.ts'
import { rememberRelease } from './migrate/release.ts'
import { ensureSecretKey } from './prepare-shop/ensure-secret-key.ts'

const help = `
Usage: node scripts/prepare-shop.ts [--key-file <file>] [--json]

Prepares the database for the processes; npm start runs it. Migrates after a backup, makes a SECRET_KEY for a new shop,
adds the price list where it is missing.

  --key-file <file>  where a new SECRET_KEY is written (.env)
`

await runScript({
  name: 'start',
  help,
  flags: { 'key-file': { type: 'string' } },
  run: async ({ typed }) => {
    const config = readConfig(loadEnvironment())
    const borrowed = await borrowNamedDatabase(config.database)
    try {
      const { names, savedBefore } = await applyMigrations(borrowed.url, config)
      const file = typed['key-file'] ?? join(projectDirectory, '.env')
      const { isNew, added } = await prepare(borrowed.url, config, file)
      const lines = [
        ...(savedBefore ? [`– What the database held before is kept in ${savedBefore}`] : []),
        names.length === 0 ? '✓ The database is up to date' : `✓ The database is migrated: ${names.join(', ')}`,
        ...(isNew
          ? ['✓ SECRET_KEY made and written into .env: keep a copy, without it stored passwords and keys are lost']
          : []),
        ...(added.length > 0 ? [`✓ Plans added: ${added.join(', ')}`] : []),
      ]
      return { lines, json: { applied: names, savedBefore, isNewKey: isNew, plansAdded: added } }
    } finally {
      await borrowed.release()
    }
  },
})

async function prepare(url: string, read: ReturnType<typeof readConfig>, file: string) {
  const db = await openDatabase(url, 1)
  try {
    await assertKnown(db)
    const { config, isNew } = await ensureSecretKey(db, read, file)
    const app = await createApp({ config, databaseUrl: url, logger: errorsOnly(), poolSize: 2 })
    try {
      const added = await app.shop.seedPlans()
      await rememberRelease(db)
      return { isNew, added }
    } finally {
      await app.close()
    }
  } finally {
    await db.close()
  }
}
