import { AccessEntity, anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { DeviceId, DriverId, SubscriptionId } from '@vpn-kiosk/domain'
import { mintAccess, newAccess } from '../access/new-access.ts'
import { queueAccesses } from '../access/queue-access.ts'
import type { Situation } from '../access/read-situation.ts'
import type { ShopDeps } from '../deps.ts'
import { allocateAddress } from './allocate-address.ts'

type ClosedDevice = Awaited<ReturnType<typeof listClosed>>[number]
type Place = Awaited<ReturnType<typeof listPlaces>>[number]

/**
 * Gives devices whose keys were taken back, because the right had ended, keys again: where they were, or on another
 * open server of the same protocol. The new file is told once the endpoint agreed.
 */
export async function reissueDevices(
  deps: Pick<ShopDeps, 'queue' | 'drivers' | 'vault'>,
  em: EntityManager,
  { subscriptionId, hasClosedDevices }: Situation,
  now: Date,
): Promise<void> {
  if (!hasClosedDevices) return
  const devices = await listClosed(em, subscriptionId)
  const places = await listPlaces(em, perDeviceDrivers(deps))
  for (const device of devices) {
    const taken = await takeAddress(deps, em, device, places, now)
    if (!taken) continue
    const { place, address } = taken
    const access = newAccess({ ...mintAccess(deps, place.driver), subscriptionId, endpointId: place.id, now })
    await em.insert(AccessEntity, { ...access, deviceId: device.id, address, desiredRevision: 1, isReissued: true })
    await queueAccesses(deps, em, [access.id])
  }
}

const perDeviceDrivers = ({ drivers }: Pick<ShopDeps, 'drivers'>): DriverId[] =>
  [...drivers.values()].filter((kind) => kind.accountPer === 'device').map((kind) => kind.id)

/** No more of them than the subscription allows, the oldest first. */
function listClosed(em: EntityManager, subscriptionId: SubscriptionId) {
  const db = em.getKysely()
  const accesses = db.selectFrom('accesses as a').where('a.subscription_id', '=', subscriptionId)
  const ofDevice = accesses.where('a.device_id', '=', sql.ref<DeviceId>('d.id'))
  const held = accesses
    .where('a.device_id', 'is not', null)
    .where('a.removed_at', 'is', null)
    .select(sql<number>`count(*)`.as('count'))
  return db
    .selectFrom('devices as d')
    .select([
      'd.id',
      'd.protocol',
      ofDevice.select('a.endpoint_id').orderBy('a.created_at', 'desc').limit(1).$asScalar().as('last_endpoint_id'),
    ])
    .where('d.subscription_id', '=', subscriptionId)
    .where('d.revoked_at', 'is', null)
    .where(({ exists, not }) => not(exists(ofDevice.where('a.removed_at', 'is', null).select('a.id'))))
    .orderBy('d.created_at')
    .orderBy('d.id')
    .limit((eb) =>
      eb
        .selectFrom('subscriptions as s')
        .select(sql<number>`greatest(0, s.device_limit - ${held})`.as('left'))
        .where('s.id', '=', subscriptionId),
    )
    .execute()
}

const listPlaces = (em: EntityManager, drivers: readonly DriverId[]) =>
  em
    .getKysely()
    .selectFrom('endpoints as e')
    .innerJoin('servers as v', 'v.id', 'e.server_id')
    .select(['e.id', 'e.server_id', 'e.driver', 'e.protocol'])
    .where('v.state', '=', sql.lit('active'))
    .where('e.driver', '=', anyOf(drivers))
    .orderBy('e.id')
    .execute()

async function takeAddress(
  deps: Pick<ShopDeps, 'queue' | 'drivers' | 'vault'>,
  em: EntityManager,
  device: ClosedDevice,
  places: readonly Place[],
  now: Date,
): Promise<{ readonly place: Place; readonly address: string } | null> {
  const fitting = places.filter(({ protocol }) => protocol === device.protocol)
  const isLast = ({ id }: Place) => id === device.last_endpoint_id
  for (const place of [...fitting.filter(isLast), ...fitting.filter((one) => !isLast(one))]) {
    const address = await allocateAddress(deps, em, { id: place.id, serverId: place.server_id }, now)
    if (address) return { place, address }
  }
  return null
}
