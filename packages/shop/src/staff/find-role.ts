import { type EntityManager, StaffEntity } from '@vpn-kiosk/db'
import type { StaffRole } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The owner of the configuration is always `owner`; others have a row; null for everybody else. */
export async function findRole(
  { db, policy }: Pick<ShopDeps, 'db' | 'policy'>,
  telegramId: bigint,
  em: EntityManager = db.em(),
): Promise<StaffRole | null> {
  if (policy.ownerTelegramId === telegramId) return 'owner'
  const row = await em.findOne(StaffEntity, { telegramId })
  return row?.role ?? null
}
