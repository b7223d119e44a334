import { type EntityManager, runStatement } from '@vpn-kiosk/db'
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
  const taken = await runStatement<{ ordinal: number }>(
    em,
    `select e.ordinal from endpoints e join servers s on s.id = e.server_id
     where s.country = $1 and lower(s.city) = lower($2) and e.protocol = $3 and e.id is distinct from $4`,
    [of.country, of.city, of.protocol, own],
  )
  return freeOrdinal(taken.map(({ ordinal }) => ordinal))
}
