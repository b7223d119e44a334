import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { projectDirectory, systemClock } from '@vpn-kiosk/app'
import { type Database, SettingEntity } from '@vpn-kiosk/db'

const key = 'release:last'

/** The commit of the code that last started with this database; null when unknown. */
export async function readRelease(db: Database): Promise<string | null> {
  const row = await db.em().findOne(SettingEntity, { key })
  return typeof row?.value === 'string' ? row.value : null
}

/** Stores the present commit, so that a failed update can name the version to go back to. */
export async function rememberRelease(db: Database): Promise<void> {
  const commit = await currentCommit()
  if (commit === null) return
  await db.em().upsert(SettingEntity, { key, value: commit, changedAt: systemClock.now() })
}

async function currentCommit(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectDirectory })
    return stdout.trim() || null
  } catch {
    // A copy of the project without git has no commit.
    return null
  }
}
