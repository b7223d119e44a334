import { type EntityManager, SavedCardEntity, type SavedCardRow } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

/** What a customer has saved last and not removed. */
export async function findCard(em: EntityManager, customerId: CustomerId): Promise<SavedCardRow | null> {
  const active = { customerId, removedAt: null }
  const [card] = await em.find(SavedCardEntity, active, { orderBy: { createdAt: 'desc' }, limit: 1 })
  return card ?? null
}
