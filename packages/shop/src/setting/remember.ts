import { SettingEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** Small facts that processes leave for one another: the bots' names, hashes of published profiles, the last backup. */
export type SettingKey =
  | `bot:${'client' | 'support' | 'admin'}`
  | `profile:${string}`
  | 'backup:last'
  | `check:${string}`
  | `sent:${string}`
  | `speaks:${bigint}`
  | 'relay:stuck'
  | 'shop:face'
  | 'shop:logo'

export async function remember<T>(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  key: SettingKey,
  value: T,
): Promise<void> {
  await db.em().upsert(SettingEntity, { key, value, changedAt: clock.now() })
}

/** Null when nothing was left under this key. */
export async function recall<T>({ db }: Pick<ShopDeps, 'db'>, key: SettingKey): Promise<T | null> {
  const row = await db.em().findOne(SettingEntity, { key })
  return row ? (row.value as T) : null
}
