import { AccessEntity, type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { DeviceId, DriverId, EndpointId, ServerId } from '@vpn-kiosk/domain'
import { mintAccess, newAccess } from '../access/new-access.ts'
import { nudgeAll } from '../access/nudge.ts'
import type { Situation } from '../access/read-situation.ts'
import type { ShopDeps } from '../deps.ts'
import { freeAddress } from './free-address.ts'

interface ClosedDevice {
  readonly id: DeviceId
  readonly protocol: string
  readonly last_endpoint_id: EndpointId | null
}

interface Place {
  readonly id: EndpointId
  readonly server_id: ServerId
  readonly driver: DriverId
  readonly protocol: string
}

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
  const devices = await runStatement<ClosedDevice>(em, closedStatement, [subscriptionId])
  const places = await runStatement<Place>(em, placesStatement, [perDeviceDrivers(deps)])
  for (const device of devices) {
    const taken = await takeAddress(deps, em, device, places, now)
    if (!taken) continue
    const { place, address } = taken
    const access = newAccess({ ...mintAccess(deps, place.driver), subscriptionId, endpointId: place.id, now })
    await em.insert(AccessEntity, { ...access, deviceId: device.id, address, desiredRevision: 1, isReissued: true })
    await nudgeAll(deps, em, [access.id])
  }
}

const perDeviceDrivers = ({ drivers }: Pick<ShopDeps, 'drivers'>): DriverId[] =>
  [...drivers.values()].filter((kind) => kind.accountPer === 'device').map((kind) => kind.id)

/** No more of them than the subscription allows, the oldest first. */
const closedStatement = `
  select d.id, d.protocol, (
      select a.endpoint_id from accesses a where a.subscription_id = $1 and a.device_id = d.id order by a.created_at desc limit 1
    ) as last_endpoint_id
  from devices d where d.subscription_id = $1 and d.revoked_at is null and not exists (
    select 1 from accesses a where a.subscription_id = $1 and a.device_id = d.id and a.removed_at is null
  )
  order by d.created_at, d.id limit (
    select greatest(0, s.device_limit - (
      select count(*) from accesses a where a.subscription_id = $1 and a.device_id is not null and a.removed_at is null
    )) from subscriptions s where s.id = $1
  )`

const placesStatement = `
  select e.id, e.server_id, e.driver, e.protocol from endpoints e join servers v on v.id = e.server_id
  where v.state = 'active' and e.driver = any($1) order by e.id`

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
    const address = await freeAddress(deps, em, { id: place.id, serverId: place.server_id }, now)
    if (address) return { place, address }
  }
  return null
}
