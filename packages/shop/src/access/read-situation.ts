import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { CustomerId, DriverId, EndpointId, ServerId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'

/** An open endpoint on which the subscription has no access. */
export interface OpenEndpoint {
  readonly id: EndpointId
  readonly driver: DriverId
  readonly server_id: ServerId
  readonly capacity: number
  readonly has_room: boolean
  readonly has_turned_away: boolean
}

/** What one subscription has, and could have. */
export interface Situation {
  readonly subscriptionId: SubscriptionId
  readonly customerId: CustomerId
  readonly isTrial: boolean
  /** Its time has not ended, whatever of the allowance is left. */
  readonly isEntitled: boolean
  /** The customer may connect. */
  readonly isRunning: boolean
  /** An access on a server that serves; it may have to be applied yet. */
  readonly hasAccess: boolean
  /** One of them works. */
  readonly hasKey: boolean
  readonly isPending: boolean
  /** Every endpoint of the shop gives keys to single devices. */
  readonly isDevicesOnly: boolean
  /** Somebody else has paid and waits for a place. */
  readonly doOthersWait: boolean
  readonly hasClosedDevices: boolean
  readonly open: readonly OpenEndpoint[]
}

interface Row {
  readonly customer_id: CustomerId
  readonly is_trial: boolean
  readonly is_entitled: boolean
  readonly is_running: boolean
  readonly has_access: boolean
  readonly has_key: boolean
  readonly is_pending: boolean
  readonly is_devices_only: boolean
  readonly do_others_wait: boolean
  readonly has_closed_devices: boolean
  readonly open: readonly OpenEndpoint[] | null
}

/** One read, by indexes alone, whatever the size of the shop. The caller has locked the subscription. */
export async function readSituation(
  { drivers }: Pick<ShopDeps, 'drivers'>,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<Situation> {
  const [row] = await runStatement<Row>(em, situationStatement, [subscriptionId, sharedDrivers(drivers), now])
  if (!row) throw new Error(`there is no subscription ${subscriptionId}`)
  return {
    subscriptionId,
    customerId: row.customer_id,
    isTrial: row.is_trial,
    isEntitled: row.is_entitled,
    isRunning: row.is_running,
    hasAccess: row.has_access,
    hasKey: row.has_key,
    isPending: row.is_pending,
    isDevicesOnly: row.is_devices_only,
    doOthersWait: row.do_others_wait,
    hasClosedDevices: row.has_closed_devices,
    open: row.open ?? [],
  }
}

/** SQL: accesses `a` of the subscription `$1` that serve all of it, on servers that serve. */
const serving = `accesses a join endpoints e on e.id = a.endpoint_id join servers v on v.id = e.server_id
  where a.subscription_id = $1 and a.removed_at is null and a.device_id is null and v.state in ('active', 'draining')`

const situationStatement = `
  select s.customer_id, s.is_trial, right_now.is_entitled,
    right_now.is_entitled and (s.traffic_limit_bytes is null or s.traffic_used_bytes < s.traffic_limit_bytes) as is_running,
    exists (select 1 from ${serving}) as has_access,
    exists (select 1 from ${serving} and a.credentials is not null) as has_key,
    exists (select 1 from pending_deliveries p where p.subscription_id = $1) as is_pending,
    exists (select 1 from endpoints) and not exists (select 1 from endpoints x where x.driver = any($2)) as is_devices_only,
    exists (select 1 from pending_deliveries p where p.awaits_room and p.subscription_id <> $1) as do_others_wait,
    exists (select 1 from devices d where d.subscription_id = $1 and d.revoked_at is null
      and not exists (select 1 from accesses a where a.subscription_id = $1 and a.device_id = d.id and a.removed_at is null)) as has_closed_devices,
    (select json_agg(json_build_object('id', e.id, 'driver', e.driver, 'server_id', v.id, 'capacity', v.capacity,
        'has_turned_away', e.has_turned_away,
        'has_room', v.capacity > (select sum(x.places_taken) from endpoints x where x.server_id = v.id)) order by e.id)
      from endpoints e join servers v on v.id = e.server_id
      where v.state = 'active' and e.takes_newcomers and e.driver = any($2) and not exists (
        select 1 from accesses a where a.subscription_id = $1 and a.endpoint_id = e.id and a.device_id is null and a.removed_at is null
      )) as open
  from subscriptions s cross join lateral (select coalesce(s.state = 'active' and s.ends_at > $3, false) as is_entitled) right_now
  where s.id = $1`
