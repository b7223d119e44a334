import { systemClock } from '@vpn-kiosk/app'
import { type BackupHeader, openDatabase, SettingEntity } from '@vpn-kiosk/db'

/**
 * Notes in a restored database that this file is its last backup. The file itself can't say so: that a backup was made
 * is written down after its tables were read.
 */
export async function rememberBackup(url: string, file: string, { at }: BackupHeader): Promise<void> {
  const db = await openDatabase(url, 1)
  try {
    const row = { key: 'backup:last', value: { at, file }, changedAt: systemClock.now() }
    await db.em().upsert(SettingEntity, row)
  } finally {
    await db.close()
  }
}
