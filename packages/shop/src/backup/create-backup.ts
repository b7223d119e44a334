import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { addDays, cutText } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { remember } from '../setting/remember.ts'

export type CreateBackupDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>

const keptDays = 30

const nameOf = (at: Date): string => `vpn-kiosk-${at.toISOString().slice(0, 19).replaceAll(':', '-')}.backup.gz`
/** Those made by hand before an update or a restore are thrown away with the others. */
const namePattern =
  /^(?:vpn-kiosk|before-update|before-restore)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)\.backup\.gz(?:\.enc)?$/

/** Writes the day's backup and throws away those older than 30 days. A failure is told to the staff and thrown. Returns the file. */
export async function createBackup(deps: CreateBackupDeps): Promise<string> {
  const now = deps.clock.now()
  const directory = deps.policy.backupDirectory
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const file = await deps.db.createBackup(join(directory, nameOf(now)), now)
    await remember(deps, 'backup:last', { at: now.toISOString(), file })
    await removeOld(directory, addDays(now, -keptDays))
    return file
  } catch (error) {
    const notification = { kind: 'backup_failed', reason: cutText((error as Error).message, 200) } as const
    await deps.db.transaction((em) => notifyStaff(deps, em, notification, now))
    throw error
  }
}

async function removeOld(directory: string, before: Date): Promise<void> {
  for (const name of await readdir(directory)) {
    const [, day, ...time] = namePattern.exec(name) ?? []
    if (day && new Date(`${day}T${time.join(':')}Z`) < before) await rm(join(directory, name))
  }
}
