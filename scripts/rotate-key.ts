// Seals what is encrypted in the database with today's SECRET_KEY: `npm run rotate-key -- --help`.
import { loadEnvironment, readConfig, requireSecretKeys, systemClock } from '@vpn-kiosk/app'
import { openDatabase } from '@vpn-kiosk/db'
import { createVault, type ResealReport, resealSecrets } from '@vpn-kiosk/shop'
import { driverKinds } from '@vpn-kiosk/vpn'
import { borrowNamedDatabase } from './borrow-app/borrow-named-database.ts'
import { Refusal } from './command-line/failures.ts'
import { runScript } from './command-line/run-script.ts'

const help = `
Usage: npm run rotate-key [-- --lost] [--json]

Seals every encrypted value of the database (panel passwords, keys of customers) with the SECRET_KEY of .env. The shop
may run meanwhile, and it may be repeated. To change the key:

  1. in .env: SECRET_KEY_OLD=<the former key>, SECRET_KEY=<a new one: openssl rand -base64 32>
  2. npm start            the processes read both
  3. npm run rotate-key
  4. take SECRET_KEY_OLD out of .env, npm start; keep a copy for 30 days: it opens the backups of its time

  --lost   the former key is gone for good: what it sealed is given up. Customers get other keys, and the credentials
           of each server must be entered anew
  --json   print {"resealed":…,"minted":…,"unreadable":…,"unreadableEndpoints":[…]}
`

await runScript({
  name: 'rotate-key',
  help,
  flags: { lost: { type: 'boolean' } },
  run: async ({ typed }) => {
    const config = readConfig(loadEnvironment())
    const vault = createVault(requireSecretKeys(config))
    const borrowed = await borrowNamedDatabase(config.database)
    const db = await openDatabase(borrowed.url, 2)
    try {
      if ((await db.pendingMigrations()).length > 0)
        throw new Refusal('The database lacks migrations: npm run migrate applies them.')
      const report = await resealSecrets({ db, vault, clock: systemClock, drivers: driverKinds }, typed.lost === true)
      return describe(report, typed.lost === true)
    } finally {
      await db.close()
      await borrowed.release()
    }
  },
})

function describe(report: ResealReport, isLost: boolean) {
  const { resealed, minted, unreadable, unreadableEndpoints } = report
  const lines = [`✓ ${resealed} values sealed with today's SECRET_KEY`]
  if (minted > 0) lines.push(`– ${minted} accesses got other secrets: their customers get other keys`)
  if (unreadableEndpoints.length > 0) {
    lines.push(
      `✗ ${unreadableEndpoints.length} endpoints do not open: enter their credentials anew (Servers in the admin bot)`,
    )
  }
  if (unreadable > 0 && !isLost) {
    lines.push(`✗ ${unreadable} values open with no key: put the key that sealed them into SECRET_KEY_OLD`)
  }
  return { lines, json: report, status: unreadable > 0 ? (1 as const) : (0 as const) }
}
