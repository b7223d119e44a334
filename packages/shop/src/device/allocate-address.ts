import { EndpointEntity, type EndpointRow, type EntityManager, LockMode } from '@vpn-kiosk/db'
import { addMs, addressQuarantineMs } from '@vpn-kiosk/domain'
import { freeExpiredPlace } from '../access/free-expired-place.ts'
import type { ShopDeps } from '../deps.ts'

/**
 * Chooses among the addresses that a driver lists (`vpn/wireguard/address-pool.ts`): the lowest that nobody holds, on a
 * server with a place left; null when there is none. A right that has ended makes room at once, its address after a
 * rest. The endpoints of the server are locked, so that two customers take neither the same address nor the last place.
 */
export async function allocateAddress(
  deps: Pick<ShopDeps, 'queue' | 'drivers' | 'vault'>,
  em: EntityManager,
  { id, serverId }: Pick<EndpointRow, 'id' | 'serverId'>,
  now: Date,
): Promise<string | null> {
  if (!(await lockPlace(deps, em, serverId, now))) return null
  const endpoint = await em.findOneOrFail(
    EndpointEntity,
    { id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  )
  // An endpoint that has been away may still hold what was removed here long ago: the rest begins once it agreed.
  await freeRested(em, id, addMs(now, -addressQuarantineMs))
  const held = await em
    .getKysely()
    .selectFrom('accesses')
    .select('address')
    .where('endpoint_id', '=', id)
    .where('address', 'is not', null)
    .$narrowType<{ address: string }>()
    .execute()
  const taken = new Set(held.map(({ address }) => address))
  const pool = deps.drivers.get(endpoint.driver)?.addressPool({
    settings: endpoint.settings,
    secrets: deps.vault.open(endpoint.secrets, `endpoints.secrets:${id}`),
  })
  for (const address of pool ?? []) if (!taken.has(address)) return address
  return null
}

const freeRested = (em: EntityManager, id: EndpointRow['id'], since: Date) =>
  em
    .getKysely()
    .updateTable('accesses')
    .set({ address: null })
    .where('endpoint_id', '=', id)
    .where('address', 'is not', null)
    .where('removed_at', '<=', since)
    .whereRef('applied_revision', '>=', 'desired_revision')
    .where((eb) => eb.or([eb('applied_at', 'is', null), eb('applied_at', '<=', since)]))
    .execute()

/** False when every place of the server is held by a right that runs. */
async function lockPlace(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  serverId: EndpointRow['serverId'],
  now: Date,
): Promise<boolean> {
  const endpoints = await em
    .getKysely()
    .selectFrom('endpoints as e')
    .innerJoin('servers as v', 'v.id', 'e.server_id')
    .select(['e.id', 'e.places_taken', 'v.capacity'])
    .where('e.server_id', '=', serverId)
    .orderBy('e.id')
    .forNoKeyUpdate('e')
    .execute()
  const taken = endpoints.reduce((sum, one) => sum + one.places_taken, 0)
  if (taken < (endpoints[0]?.capacity ?? 0)) return true
  const ids = endpoints.map((one) => one.id)
  return (await freeExpiredPlace(deps, em, ids, now)) !== null
}
