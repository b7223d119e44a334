import { type EntityManager, ProviderHealthEntity } from '@vpn-kiosk/db'
import type { ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The providers whose account wants a receipt with each payment, and that send it. */
export async function listReceiptProviders(
  em: EntityManager,
  providers: ShopDeps['providers'],
): Promise<ReadonlySet<ProviderId>> {
  const able = [...providers.values()].filter(({ sendsReceipts }) => sendsReceipts).map(({ id }) => id)
  if (able.length === 0) return new Set()
  const rows = await em.find(ProviderHealthEntity, { provider: { $in: able }, needsReceipts: true })
  return new Set(rows.map(({ provider }) => provider))
}
