import { systemClock } from '@vpn-kiosk/app'
import { type BackupHeader, openDatabase, SettingEntity } from '@vpn-kiosk/db'

/**
 * Stores in a restored database that this file is its last backup. The file cannot contain that fact, because the shop
 * stores it after the backup has read the tables.
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
