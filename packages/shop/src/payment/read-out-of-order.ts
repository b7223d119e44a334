import { type EntityManager, ProviderHealthEntity } from '@vpn-kiosk/db'
import { type MethodId, readMethodId } from '@vpn-kiosk/domain'

/** Says which ways to pay customers are not offered now: their provider does not answer, or its account lacks them. */
export async function readOutOfOrder(em: EntityManager): Promise<(id: MethodId) => boolean> {
  const rows = new Map((await em.find(ProviderHealthEntity, {})).map((row) => [row.provider, row]))
  return (id) => {
    const { provider, method } = readMethodId(id)
    const row = rows.get(provider)
    if (!row) return false
    return row.hiddenAt != null || (method !== undefined && row.methods != null && !row.methods.includes(method))
  }
}
