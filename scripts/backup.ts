// Writes a backup of the database: `npm run backup -- --help`.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { App } from '@vpn-kiosk/app'
import { withApp } from './borrow-app/with-app.ts'
import { describeBytes } from './command-line/describe-bytes.ts'
import { nameFolderVariable } from './command-line/name-variable.ts'
import { runScript } from './command-line/run-script.ts'

const help = `
Usage: npm run backup -- [--to <folder>] [--json]

Writes all tables, as they are at one instant, to one file. The shop may run meanwhile. Backups of that folder that are
older than 30 days are thrown away.
The file holds everything about customers; what is encrypted in it opens only with the SECRET_KEY of .env: keep a copy
of that key elsewhere. With BACKUP_PASSPHRASE in .env the whole file is encrypted, and called .enc: it cannot be restored
without that passphrase.

  --to <folder>  instead of BACKUP_DIRECTORY (.data/backups); made when it is missing
  --json         print {"file":…,"bytes":…}

The way back: npm run restore -- <file>
`

await runScript({
  name: 'backup',
  help,
  flags: { to: { type: 'string' } },
  run: async ({ typed }) => {
    const backupDirectory = typed.to ? resolve(typed.to) : undefined
    // An update begins with a backup, so the schema may be older than the code.
    const named = typed.to ? '--to' : 'BACKUP_DIRECTORY'
    const create = ({ shop }: App) => nameFolderVariable(named, shop.createBackup())
    const file = await withApp(create, { backupDirectory, acceptsOldSchema: true })
    const { size } = await stat(file)
    return { lines: [`✓ ${file} (${describeBytes(size)})`], json: { file, bytes: size } }
  },
})
