import { type EntityManager, sql } from '@vpn-kiosk/db'
import { type EndpointId, freeOrdinal, type Protocol } from '@vpn-kiosk/domain'

/**
 * The number that tells a way in from others of its protocol in the same city; 1 where it is alone. The caller holds
 * `lockServers`.
 */
export async function numberEndpoint(
  em: EntityManager,
  of: { readonly country: string; readonly city: string; readonly protocol: Protocol },
  own: EndpointId | null = null,
): Promise<number> {
  const taken = await em
    .getKysely()
    .selectFrom('endpoints as e')
    .innerJoin('servers as s', 's.id', 'e.server_id')
    .select('e.ordinal')
    .where('s.country', '=', of.country)
    .where(sql<boolean>`lower(s.city) = lower(${of.city})`)
    .where('e.protocol', '=', of.protocol)
    .where('e.id', 'is distinct from', own)
    .execute()
  return freeOrdinal(taken.map(({ ordinal }) => ordinal))
}
