import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import type { ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Small facts that processes leave for one another: the bots' names, hashes of published profiles, the last backup. */
export type SettingKey =
  | `bot:${'client' | 'support' | 'admin'}`
  | `profile:${string}`
  | 'backup:last'
  | 'offer'
  | 'discounts'
  | 'channels'
  | 'payment:methods'
  | `check:${string}`
  | `compared:${ProviderId}`
  | `sent:${string}`
  | `speaks:${bigint}`
  | 'relay:stuck'
  | 'stars:cursor'
  | 'shop:face'
  | 'shop:logo'
  | 'terms'

/** In the transaction of `em`, where one is given. */
export async function remember<T>(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  key: SettingKey,
  value: T,
  em: EntityManager = db.em(),
): Promise<void> {
  await em.upsert(SettingEntity, { key, value, changedAt: clock.now() })
}

/** Null when nothing was left under this key. */
export async function recall<T>(
  { db }: Pick<ShopDeps, 'db'>,
  key: SettingKey,
  em: EntityManager = db.em(),
): Promise<T | null> {
  const row = await em.findOne(SettingEntity, { key })
  return row ? (row.value as T) : null
}
