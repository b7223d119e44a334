// Fills the database from a backup: `npm run restore -- --help`.
import { access, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Config, loadEnvironment, readConfig, requireSecretKeys, systemClock } from '@vpn-kiosk/app'
import {
  type Database,
  type Examined,
  examineBackup,
  isEncrypted,
  openDatabase,
  RestoreBroken,
  RestoreRefused,
  restoreBackup,
  type SealedSample,
} from '@vpn-kiosk/db'
import { createVault, type Vault } from '@vpn-kiosk/shop'
import { borrowNamedDatabase } from './borrow-app/borrow-named-database.ts'
import { Refusal, UsageError } from './command-line/failures.ts'
import { nameFolderVariable } from './command-line/name-variable.ts'
import { readSecret } from './command-line/read-secret.ts'
import { runScript } from './command-line/run-script.ts'
import { countUsers } from './restore/count-users.ts'
import { isFilled } from './restore/is-filled.ts'
import { rememberBackup } from './restore/remember-backup.ts'

const help = `
Usage: npm run restore -- <file> [--force] [--without-key] [--while-running] [--passphrase-file <file>] [--json]

Fills the database from a backup and applies the migrations that are newer than it. Stop the shop first (npm run stop).
SECRET_KEY must be the one of the shop that the backup was made in: another one, or none, is refused. The passphrase of
an encrypted backup is BACKUP_PASSPHRASE of .env, or what the file says; in a terminal it is asked for.

  --force          empty a database that holds customers or plans; what it held is first written to a file
                   before-restore-….backup.gz among the backups
  --without-key    although SECRET_KEY does not open what is encrypted in the backup: the shop starts only once the
                   right key is in .env, or that key has been given up for lost (npm run rotate-key -- --lost)
  --while-running  although others are connected to the database
  --json           print {"tables":{name:rows},"savedBefore":file|null}

Example: npm run restore -- .data/backups/vpn-kiosk-2026-01-31T03-00-00.backup.gz
`

const flags = {
  force: { type: 'boolean' },
  'without-key': { type: 'boolean' },
  'while-running': { type: 'boolean' },
  'passphrase-file': { type: 'string' },
} as const

await runScript({
  name: 'restore',
  help,
  flags,
  mostWords: 1,
  run: async ({ typed, words: [word] }) => {
    if (!word) throw new UsageError('Missing: the file to restore from.')
    const file = resolve(word)
    await access(file).catch((cause) => {
      throw new UsageError(`The file ${file} cannot be read.`, { cause })
    })
    const config = readConfig(loadEnvironment())
    const passphrase = await readPassphrase(file, typed['passphrase-file'], config)
    const { header, sealed } = await examine(file, passphrase)
    const warnings = checkKey(config, sealed, typed['without-key'] === true)
    const borrowed = await borrowNamedDatabase(config.database)
    try {
      const savedBefore = await prepare(borrowed.url, config, typed)
      const counts = await restore(borrowed.url, { file, passphrase, isForced: typed.force === true, savedBefore })
      await rememberBackup(borrowed.url, file, header)
      return describe(counts, savedBefore, warnings)
    } finally {
      await borrowed.release()
    }
  },
})

/** The passphrase for the file; null when the file is not encrypted. */
async function readPassphrase(file: string, from: string | undefined, config: Config): Promise<string | null> {
  if (!(await isEncrypted(file))) return null
  const environment = config.backupPassphrase ?? undefined
  return readSecret({ question: 'Passphrase of the backup', file: from, environment, canAsk: true })
}

async function examine(file: string, passphrase: string | null): Promise<Examined> {
  return examineBackup(file, passphrase).catch((error: unknown) => {
    throw error instanceof RestoreRefused ? refusal(file, error) : error
  })
}

/** Refuses a backup whose secrets SECRET_KEY does not open, unless the operator does without it. Returns the warnings. */
function checkKey(config: Config, samples: readonly SealedSample[], isWithoutKey: boolean): string[] {
  if (samples.length === 0) return []
  const vault = config.secretKey === null ? null : createVault(requireSecretKeys(config))
  if (vault && samples.some((one) => opens(vault, one))) return []
  const what = vault ? 'SECRET_KEY is not the key of this backup' : 'SECRET_KEY is not set'
  const sentence = `${what}: panel passwords and customers' keys in it do not open`
  if (!isWithoutKey) {
    throw new Refusal(`${sentence}. Put the key of the shop that it was made in into .env (or --without-key).`)
  }
  return [`${sentence}; the shop starts once that key is in .env (or after npm run rotate-key -- --lost)`]
}

function opens(vault: Vault, { sealed, place }: SealedSample): boolean {
  try {
    vault.open(sealed, place)
    return true
  } catch {
    return false
  }
}

function refusal(file: string, error: RestoreRefused): Refusal {
  return new Refusal(`Refused, and nothing was changed: ${error.message} (${file}).`, { cause: error })
}

/** Refuses a restore that would harm a running or filled shop. Returns the backup of the former data, if any. */
async function prepare(
  url: string,
  config: Config,
  typed: { force?: boolean; 'while-running'?: boolean },
): Promise<string | null> {
  const db = await openDatabase(url, 1, { backupPassphrase: config.backupPassphrase })
  try {
    const users = typed['while-running'] ? 0 : await countUsers(db)
    if (users > 0) {
      throw new Refusal(`${users} other connections use this database: npm run stop first (or --while-running).`)
    }
    if (!(await isFilled(db))) return null
    if (!typed.force) throw new Refusal('The database is not empty: --force saves what it holds and empties it.')
    return await nameFolderVariable('BACKUP_DIRECTORY', save(db, config.directories.backups))
  } finally {
    await db.close()
  }
}

async function save(db: Database, directory: string): Promise<string> {
  const now = systemClock.now()
  const file = join(directory, `before-restore-${now.toISOString().slice(0, 19).replaceAll(':', '-')}.backup.gz`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return db.createBackup(file, now)
}

interface Restoring {
  readonly file: string
  readonly passphrase: string | null
  readonly isForced: boolean
  readonly savedBefore: string | null
}

async function restore(
  url: string,
  { file, passphrase, isForced, savedBefore }: Restoring,
): Promise<ReadonlyMap<string, number>> {
  try {
    return await restoreBackup(url, file, isForced, passphrase)
  } catch (error) {
    if (error instanceof RestoreRefused) throw refusal(file, error)
    if (!(error instanceof RestoreBroken)) throw error
    const kept = savedBefore ? ` What was there before is kept in ${savedBefore}.` : ''
    throw new Refusal(`The restore broke off, run it again: ${error.message}.${kept}`, { cause: error })
  }
}

function describe(counts: ReadonlyMap<string, number>, savedBefore: string | null, warnings: readonly string[]) {
  const filled = [...counts].filter(([, rows]) => rows > 0)
  const total = filled.reduce((sum, [, rows]) => sum + rows, 0)
  return {
    lines: [
      ...warnings.map((one) => `– ${one}`),
      ...(savedBefore ? [`– What was there is kept in ${savedBefore}`] : []),
      ...filled.map(([table, rows]) => `  ${table}: ${rows}`),
      `✓ Restored: ${total} rows in ${filled.length} tables. npm start; npm run doctor looks it over`,
    ],
    json: { tables: Object.fromEntries(counts), savedBefore },
  }
}
