import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { projectDirectory, systemClock } from '@vpn-kiosk/app'
import { type Database, SettingEntity } from '@vpn-kiosk/db'

const key = 'release:last'

/** The commit whose code this database was last started with; null when nobody knows. */
export async function readRelease(db: Database): Promise<string | null> {
  const row = await db.em().findOne(SettingEntity, { key })
  return typeof row?.value === 'string' ? row.value : null
}

/** Notes that the shop is started with the code of today, so that a failed update can name it. */
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
    // A copy without git has no commit to go back to.
    return null
  }
}
