import { anyOf, type EntityManager, type Given, prepared, sql } from '@vpn-kiosk/db'
import {
  type AccessId,
  type DriverId,
  type EndpointId,
  fillAhead,
  keptFree,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import { mintAccess, newColumns, newValues } from './new-access.ts'
import { queueAccesses } from './queue-access.ts'

type FillDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

/** Subscriptions looked at, and accesses added, in one transaction: no purchase waits long for either. */
const scanned = 2000
const page = 100
/** Pages an endpoint at one time. */
const mostPages = 20

type Filling = Awaited<ReturnType<typeof listToFill>>[number]

/**
 * Gives running subscriptions an access on endpoints that gained room: added, opened again, or freed. Goes through the
 * subscriptions by id, remembers how far it came, and stops while enough wait for the endpoint to agree, so that the
 * panel's own speed decides. Costs next to nothing while there is nothing to fill.
 */
export async function fillEndpoints(deps: FillDeps): Promise<void> {
  const endpoints = await listToFill(deps.db, { shared: sharedDrivers(deps.drivers) })
  for (const endpoint of endpoints) await fill(deps, endpoint)
}

const listToFill = prepared((db, { shared }: Given<{ shared: readonly DriverId[] }>) =>
  db
    .selectFrom('endpoints as e')
    .innerJoin('servers as v', 'v.id', 'e.server_id')
    .select((eb) => {
      const waiting = eb
        .selectFrom('accesses as a')
        .select('a.id')
        .whereRef('a.endpoint_id', '=', 'e.id')
        .whereRef('a.applied_revision', '<', 'a.desired_revision')
        .limit(fillAhead)
      return [
        'e.id',
        'e.server_id',
        'e.driver',
        'v.capacity',
        'e.fill_after',
        sql<number>`(select count(*)::int from ${waiting} as waiting)`.as('behind'),
      ]
    })
    .where('v.state', '=', sql.lit('active'))
    .where('e.takes_newcomers', '=', sql.lit(true))
    .where('e.driver', '=', anyOf(shared))
    .where('e.failures', '=', 0)
    .where((eb) => eb.or([eb('e.fill_after', 'is not', null), eb.ref('e.has_turned_away')]))
    .where(
      sql<boolean>`v.capacity - v.capacity / 20 > (select sum(x.places_taken) from endpoints x where x.server_id = v.id)`,
    )
    .orderBy('e.id'),
)

async function fill(deps: FillDeps, endpoint: Filling): Promise<void> {
  let after = endpoint.fill_after ?? ''
  if (after === '') await beginRound(deps, endpoint.id)
  let behind = endpoint.behind
  for (let pages = 0; pages < mostPages && behind < fillAhead; pages++) {
    const filled = await deps.db.transaction((em) => fillPage(deps, em, endpoint, after))
    behind += filled.added
    if (filled.after === null) return
    after = filled.after
  }
}

/** A subscription that found no room during this round may have been passed already, so another round follows. */
const beginRound = ({ db }: FillDeps, id: EndpointId) =>
  db.getKysely().updateTable('endpoints').set({ fill_after: '', has_turned_away: false }).where('id', '=', id).execute()

interface Filled {
  readonly added: number
  /** Null when the round is over, or the server is full. */
  readonly after: string | null
}

async function fillPage(deps: FillDeps, em: EntityManager, endpoint: Filling, after: string): Promise<Filled> {
  const now = deps.clock.now()
  const { ids, last } = await scan(em, endpoint, after, now)
  if (ids.length > 0) await lockSubscriptions(em, ids)
  const room = await lockRoom(em, endpoint)
  const chosen = ids.slice(0, room)
  const added = await add(deps, em, endpoint, chosen, now)
  const isFull = chosen.length < ids.length
  const next = isFull ? (chosen.at(-1) ?? after) : last
  await em.getKysely().updateTable('endpoints').set({ fill_after: next }).where('id', '=', endpoint.id).execute()
  return { added, after: isFull ? null : next }
}

/**
 * The next subscriptions without an access here, at most a page, and the last one that was looked at; null at the end.
 */
async function scan(
  em: EntityManager,
  { id }: Filling,
  after: string,
  now: Date,
): Promise<{ readonly ids: SubscriptionId[]; readonly last: string | null }> {
  const rows = await scanPage(em, { after: after as SubscriptionId, endpointId: id, now })
  const lacking = rows.filter((row) => row.is_lacking).map((row) => row.id)
  if (lacking.length > page) return { ids: lacking.slice(0, page), last: lacking[page - 1]! }
  return { ids: lacking, last: rows.length < scanned ? null : rows.at(-1)!.id }
}

/** SQL: the running subscription `s` has no access on the endpoint. */
const isLacking = ({ endpointId, now }: Given<{ endpointId: EndpointId; now: Date }>) => sql<boolean>`(
  s.state = 'active' and s.ends_at > ${now}::timestamptz
  and (s.traffic_limit_bytes is null or s.traffic_used_bytes < s.traffic_limit_bytes) and not exists (
    select 1 from accesses a
    where a.subscription_id = s.id and a.endpoint_id = ${endpointId} and a.device_id is null and a.removed_at is null
  ))`

type ScanValues = { after: SubscriptionId; endpointId: EndpointId; now: Date }

const scanPage = prepared((db, { after, endpointId, now }: Given<ScanValues>) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('subscriptions')
        .select(['id', 'state', 'ends_at', 'traffic_limit_bytes', 'traffic_used_bytes'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(scanned)
        .as('s'),
    )
    .select(['s.id', sql<boolean>`coalesce(${isLacking({ endpointId, now })}, false)`.as('is_lacking')])
    .orderBy('s.id'),
)

const lockSubscriptions = (em: EntityManager, ids: readonly SubscriptionId[]) =>
  em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('id', '=', anyOf(ids))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

/** Places that may be filled; the endpoints of the server are locked. */
async function lockRoom(em: EntityManager, { server_id: serverId, capacity }: Filling): Promise<number> {
  const rows = await em
    .getKysely()
    .selectFrom('endpoints')
    .select('places_taken')
    .where('server_id', '=', serverId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const taken = rows.reduce((sum, row) => sum + row.places_taken, 0)
  return Math.max(0, capacity - keptFree(capacity) - taken)
}

async function add(
  deps: FillDeps,
  em: EntityManager,
  { id: endpointId, driver }: Filling,
  subscriptionIds: readonly SubscriptionId[],
  now: Date,
): Promise<number> {
  if (subscriptionIds.length === 0) return 0
  const minted = subscriptionIds.map(() => mintAccess(deps, driver))
  const added = await addAccesses(em, {
    accessIds: minted.map(({ id }) => id),
    secrets: minted.map(({ secrets }) => secrets),
    endpointId,
    now,
    subscriptionIds,
  })
  const ids = added.map(({ id }) => id)
  await queueAccesses(deps, em, ids, { priority: 'bulk' })
  return ids.length
}

interface AddValues {
  readonly accessIds: readonly AccessId[]
  readonly secrets: readonly string[]
  readonly subscriptionIds: readonly SubscriptionId[]
  readonly endpointId: EndpointId
  readonly now: Date
}

/** Asked again once the rows are locked: a subscription that expired or was served meanwhile gets nothing. */
const addAccesses = prepared((db, { accessIds, secrets, subscriptionIds, endpointId, now }: Given<AddValues>) =>
  db
    .insertInto('accesses')
    .columns(newColumns)
    .expression((eb) =>
      eb
        .selectFrom(
          sql<{ id: AccessId; secrets: string; subscription_id: SubscriptionId }>`
            unnest(${accessIds}::text[], ${secrets}::text[], ${subscriptionIds}::text[])`.as<'missing'>(
            sql`missing (id, secrets, subscription_id)`,
          ),
        )
        .innerJoin('subscriptions as s', 's.id', 'missing.subscription_id')
        .where(isLacking({ endpointId, now }))
        .select([
          'missing.id',
          'missing.secrets',
          's.id as subscription_id',
          sql`${endpointId}::text`.as('endpoint_id'),
        ])
        .select(newValues(now)),
    )
    .returning('id'),
)
