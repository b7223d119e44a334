import { type EntityManager, ProviderHealthEntity } from '@vpn-kiosk/db'
import type { ProviderId } from '@vpn-kiosk/domain'

/** The providers that customers are not offered, because they do not answer. */
export async function readHidden(em: EntityManager): Promise<ReadonlySet<ProviderId>> {
  const rows = await em.find(ProviderHealthEntity, { hiddenAt: { $ne: null } })
  return new Set(rows.map(({ provider }) => provider))
}
