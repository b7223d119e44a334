import { anyOf, type EntityManager, type Given, jsonArrayFrom, prepared, type Statements, sql } from '@vpn-kiosk/db'
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

/** One read, by indexes alone, whatever the size of the shop. The caller has locked the subscription. */
export async function readSituation(
  { drivers }: Pick<ShopDeps, 'drivers'>,
  em: EntityManager,
  subscriptionId: SubscriptionId,
  now: Date,
): Promise<Situation> {
  const [row] = await findSituation(em, { subscriptionId, shared: sharedDrivers(drivers), now })
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
    open: row.open,
  }
}

type SituationValues = { subscriptionId: SubscriptionId; shared: readonly DriverId[]; now: Date }

const findSituation = prepared((db, { subscriptionId, shared, now }: Given<SituationValues>) => {
  const live = db
    .selectFrom('accesses as a')
    .select(sql.lit(1).as('one'))
    .where('a.subscription_id', '=', subscriptionId)
    .where('a.removed_at', 'is', null)
  const sharedLive = live.where('a.device_id', 'is', null)
  /** Those that serve all of the subscription, on servers that serve. */
  const serving = sharedLive
    .innerJoin('endpoints as e', 'e.id', 'a.endpoint_id')
    .innerJoin('servers as v', 'v.id', 'e.server_id')
    .where(sql<boolean>`v.state in ('active', 'draining')`)
  const pending = db.selectFrom('pending_deliveries as p').select(sql.lit(1).as('one'))
  const endpoints = db.selectFrom('endpoints as x').select(sql.lit(1).as('one'))
  const isEntitled = sql<boolean>`coalesce(s.state = 'active' and s.ends_at > ${now}, false)`
  const isWithinLimit = sql<boolean>`s.traffic_limit_bytes is null or s.traffic_used_bytes < s.traffic_limit_bytes`
  return db
    .selectFrom('subscriptions as s')
    .where('s.id', '=', subscriptionId)
    .select((eb) => [
      's.customer_id',
      's.is_trial',
      isEntitled.as('is_entitled'),
      sql<boolean>`${isEntitled} and (${isWithinLimit})`.as('is_running'),
      eb.exists(serving).$castTo<boolean>().as('has_access'),
      eb
        .exists(serving.where('a.credentials', 'is not', null))
        .$castTo<boolean>()
        .as('has_key'),
      eb
        .exists(pending.where('p.subscription_id', '=', subscriptionId))
        .$castTo<boolean>()
        .as('is_pending'),
      eb
        .and([eb.exists(endpoints), eb.not(eb.exists(endpoints.where('x.driver', '=', anyOf(shared))))])
        .$castTo<boolean>()
        .as('is_devices_only'),
      eb
        .exists(pending.where('p.awaits_room', '=', sql.lit(true)).where('p.subscription_id', '<>', subscriptionId))
        .$castTo<boolean>()
        .as('do_others_wait'),
      eb
        .exists(
          eb
            .selectFrom('devices as d')
            .select(sql.lit(1).as('one'))
            .where('d.subscription_id', '=', subscriptionId)
            .where('d.revoked_at', 'is', null)
            .where(eb.not(eb.exists(live.where(sql<boolean>`a.device_id = d.id`)))),
        )
        .$castTo<boolean>()
        .as('has_closed_devices'),
      jsonArrayFrom(selectOpen(db, { subscriptionId, shared })).as('open'),
    ])
})

/** Endpoints on which the subscription could have one more access. */
const selectOpen = (db: Statements, { subscriptionId, shared }: Given<Omit<SituationValues, 'now'>>) =>
  db
    .selectFrom('endpoints as e')
    .innerJoin('servers as v', 'v.id', 'e.server_id')
    .where('v.state', '=', sql.lit('active'))
    .where('e.takes_newcomers', '=', sql.lit(true))
    .where('e.driver', '=', anyOf(shared))
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('accesses as a')
            .select(sql.lit(1).as('one'))
            .where('a.subscription_id', '=', subscriptionId)
            .whereRef('a.endpoint_id', '=', 'e.id')
            .where('a.device_id', 'is', null)
            .where('a.removed_at', 'is', null),
        ),
      ),
    )
    .select(['e.id', 'e.driver', 'v.id as server_id', 'v.capacity', 'e.has_turned_away'])
    .select(
      sql<boolean>`v.capacity > (select sum(x.places_taken) from endpoints x where x.server_id = v.id)`.as('has_room'),
    )
    .orderBy('e.id')
