// Brings the database to the present schema: `npm run migrate -- --help`.
import { loadEnvironment, readConfig } from '@vpn-kiosk/app'
import { borrowNamedDatabase } from './borrow-app/borrow-named-database.ts'
import { runScript } from './command-line/run-script.ts'
import { applyMigrations } from './migrate/apply-migrations.ts'

const help = `
Usage: npm run migrate [-- --json]

Applies the migrations that the database lacks (npm start does so too). Safe to repeat, and while the shop runs. What
the database holds is first written to a file before-update-….backup.gz among the backups; a migration that fails leaves
everything as it was.

  --json  print {"applied":[names],"savedBefore":file|null}
`

await runScript({
  name: 'migrate',
  help,
  flags: {},
  run: async () => {
    const config = readConfig(loadEnvironment())
    const borrowed = await borrowNamedDatabase(config.database)
    try {
      const { names, savedBefore } = await applyMigrations(borrowed.url, config)
      const kept = savedBefore ? [`– What it held before is kept in ${savedBefore}`] : []
      const line =
        names.length === 0 ? '✓ The database is up to date' : `✓ The database is migrated: ${names.join(', ')}`
      return { lines: [...kept, line], json: { applied: names, savedBefore } }
    } finally {
      await borrowed.release()
    }
  },
})
