import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, systemClock, withoutSecrets } from '@vpn-kiosk/app'
import { type Database, openDatabase } from '@vpn-kiosk/db'
import { describeError } from '../command-line/describe-error.ts'
import { Refusal } from '../command-line/failures.ts'
import { nameFolderVariable } from '../command-line/name-variable.ts'
import { readRelease } from './release.ts'

export interface Applied {
  /** Names of the applied migrations; empty when the database was up to date. */
  readonly names: readonly string[]
  /** The backup that was made first; null when the database held nothing. */
  readonly savedBefore: string | null
}

/**
 * Brings the database to the present schema. A backup is made first. All migrations run in one transaction, so a
 * failure changes nothing. Throws a Refusal that says how to go back to the former version, also when a newer version
 * has already migrated this database.
 */
export async function applyMigrations(url: string, { directories, backupPassphrase }: Config): Promise<Applied> {
  const db = await openDatabase(url, 1, { backupPassphrase })
  try {
    await assertKnown(db)
    const pending = await db.pendingMigrations()
    if (pending.length === 0) return { names: [], savedBefore: null }
    const isNew = (await db.appliedMigrations()).length === 0
    const saved = isNew ? null : nameFolderVariable('BACKUP_DIRECTORY', save(db, directories.backups))
    const savedBefore = await saved
    const former = savedBefore ? await readRelease(db) : null
    const names = await db.migrate().catch((cause: unknown) => {
      throw new Refusal(wayBack(describeError(cause), former, savedBefore), { cause })
    })
    return { names, savedBefore }
  } finally {
    await db.close()
  }
}

/** Throws a Refusal when a newer version of the shop has migrated this database. */
export async function assertKnown(db: Database): Promise<void> {
  const unknown = await db.unknownMigrations()
  if (unknown.length === 0) return
  throw new Refusal(
    `A newer version of the shop has migrated this database (${unknown.join(', ')}): bring that version back (git pull, or git checkout of it), or restore a backup from before it.`,
  )
}

async function save(db: Database, directory: string): Promise<string> {
  const now = systemClock.now()
  const file = join(directory, `before-update-${now.toISOString().slice(0, 19).replaceAll(':', '-')}.backup.gz`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return db.createBackup(file, now)
}

function wayBack(reason: string, former: string | null, savedBefore: string | null): string {
  const sentences = [
    `A migration failed and the database is as it was before: ${withoutSecrets(reason).replace(/\.?$/, '.')}`,
  ]
  sentences.push(`The way back to the version that ran: git checkout ${former ?? 'ORIG_HEAD'} && npm start.`)
  if (savedBefore) sentences.push(`Should data be missing: npm run stop && npm run restore -- ${savedBefore} --force`)
  // A checkout of a commit leaves the branch, and git pull works on a branch only.
  sentences.push('Later, once an update mends it: git switch main && git pull && npm start.')
  return sentences.join('\n  ')
}
