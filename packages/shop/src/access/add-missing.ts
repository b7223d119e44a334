import { anyOf, type EntityManager, type Given, prepared, sql } from '@vpn-kiosk/db'
import { type AccessId, type EndpointId, keptFree, type ServerId, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { freeExpiredPlace } from './free-expired-place.ts'
import { mintAccess, newColumns, newValues } from './new-access.ts'
import { queueAccesses } from './queue-access.ts'
import type { OpenEndpoint, Situation } from './read-situation.ts'

type AddMissingDeps = Pick<ShopDeps, 'queue' | 'drivers' | 'vault'>

/**
 * Adds an access on each endpoint that serves whole subscriptions, takes new customers and has room. While customers who
 * have paid wait for a place, nobody else gets one first. A customer without any access may take the place of an expired
 * one, and stays in the list of pending deliveries until an access works.
 */
export async function addMissing(
  deps: AddMissingDeps,
  em: EntityManager,
  situation: Situation,
  { isTurn }: { readonly isTurn: boolean },
  now: Date,
): Promise<AccessId[]> {
  const { open, hasAccess, subscriptionId } = situation
  const places = situation.doOthersWait && !isTurn ? [] : await takePlaces(deps, em, situation, now)
  const added = places.map(({ id: endpointId, driver }) => ({ endpointId, ...mintAccess(deps, driver) }))
  const ids = added.map(({ id }) => id)
  if (added.length > 0) {
    const endpointIds = added.map(({ endpointId }) => endpointId)
    const secrets = added.map((access) => access.secrets)
    await insertAccesses(em, { ids, endpointIds, secrets, subscriptionId, now })
    await queueAccesses(deps, em, ids)
  }
  const refused = open.filter((one) => !one.has_turned_away && !places.some(({ id }) => id === one.id))
  if (refused.length > 0) await markTurnedAway(em, { ids: refused.map(({ id }) => id) })
  await rememberDelivery(deps, em, situation, { hasPlace: hasAccess || places.length > 0, isTurn }, now)
  return ids
}

interface MissingValues {
  readonly ids: readonly AccessId[]
  readonly endpointIds: readonly EndpointId[]
  readonly secrets: readonly string[]
  readonly subscriptionId: SubscriptionId
  readonly now: Date
}

/** Secrets are minted and stored before the endpoint is first asked. */
const insertAccesses = prepared((db, { ids, endpointIds, secrets, subscriptionId, now }: Given<MissingValues>) =>
  db
    .insertInto('accesses')
    .columns(newColumns)
    .expression((eb) =>
      eb
        .selectFrom(
          sql<{ id: AccessId; endpoint_id: EndpointId; secrets: string }>`
            unnest(${ids}::text[], ${endpointIds}::text[], ${secrets}::text[])`.as<'missing'>(
            sql`missing (id, endpoint_id, secrets)`,
          ),
        )
        .select([
          'missing.id',
          'missing.secrets',
          sql`${subscriptionId}::text`.as('subscription_id'),
          'missing.endpoint_id',
        ])
        .select(newValues(now)),
    ),
)

/** Whoever fills the endpoint later begins anew for their sake. */
const markTurnedAway = prepared((db, { ids }: Given<{ ids: readonly EndpointId[] }>) =>
  db
    .updateTable('endpoints')
    .set({ has_turned_away: true })
    .where('id', '=', anyOf(ids))
    .where('has_turned_away', '=', sql.lit(false)),
)

/**
 * For a customer without a working access: one place on the emptiest server, or else the place of an expired
 * subscription. Further places only while nobody waits and the server has more than it keeps for newcomers.
 */
async function takePlaces(
  deps: AddMissingDeps,
  em: EntityManager,
  { open, hasAccess, doOthersWait }: Situation,
  now: Date,
): Promise<OpenEndpoint[]> {
  const isWanted = ({ left, capacity }: Room, index: number) =>
    (index === 0 && !hasAccess) || (!doOthersWait && left > keptFree(capacity))
  const roomy = open.filter(({ has_room }) => has_room)
  const taken = roomy.length > 0 ? (await lockRoom(em, roomy)).filter(isWanted) : []
  if (taken.length > 0 || hasAccess || open.length === 0) return taken
  // Somebody else took the last places meanwhile, or there were none.
  const [first] = await lockRoom(em, open)
  if (first) return [first]
  const ids = open.map(({ id }) => id)
  const freed = await freeExpiredPlace(deps, em, ids, now)
  return open.filter(({ id }) => id === freed)
}

interface Room extends OpenEndpoint {
  /** Places of its server, those that were counted before it in the list taken off. */
  readonly left: number
}

/**
 * The endpoints whose servers have a place left, the emptiest first, counted with all endpoints of these servers
 * locked: nobody else takes one until the caller's transaction ends.
 */
async function lockRoom(em: EntityManager, open: readonly OpenEndpoint[]): Promise<Room[]> {
  const rows = await lockPlaces(em, { serverIds: [...new Set(open.map((one) => one.server_id))] })
  const room = new Map(open.map((one) => [one.server_id, one.capacity]))
  for (const row of rows) room.set(row.server_id, room.get(row.server_id)! - row.places_taken)
  const emptiest = open.toSorted((a, b) => room.get(b.server_id)! - room.get(a.server_id)!)
  return emptiest.flatMap((one) => {
    const left = room.get(one.server_id)!
    room.set(one.server_id, left - 1)
    return left > 0 ? [{ ...one, left }] : []
  })
}

const lockPlaces = prepared((db, { serverIds }: Given<{ serverIds: readonly ServerId[] }>) =>
  db
    .selectFrom('endpoints')
    .select(['server_id', 'places_taken'])
    .where('server_id', '=', anyOf(serverIds))
    .orderBy('id')
    .forNoKeyUpdate(),
)

/** A customer who has paid and has no access yet is in the list of pending deliveries until the first access works. */
async function rememberDelivery(
  { queue }: AddMissingDeps,
  em: EntityManager,
  { subscriptionId, isTrial, hasKey, isPending, isDevicesOnly, doOthersWait, open }: Situation,
  { hasPlace, isTurn }: { readonly hasPlace: boolean; readonly isTurn: boolean },
  now: Date,
): Promise<void> {
  if (hasKey || isDevicesOnly) {
    if (isPending)
      await em.getKysely().deleteFrom('pending_deliveries').where('subscription_id', '=', subscriptionId).execute()
    return
  }
  await writePending(em, { subscriptionId, isTrial, now, awaitsRoom: !hasPlace })
  // A place that is free already goes to whoever has waited longest.
  if (hasPlace || isTurn) return
  await queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
  if (doOthersWait || isPending) return
  await notifyStaff({ queue }, em, { kind: 'nobody_served', cause: open.length > 0 ? 'full' : 'no_server' }, now)
}

type PendingValues = { subscriptionId: SubscriptionId; isTrial: boolean; now: Date; awaitsRoom: boolean }

const writePending = prepared((db, { subscriptionId, isTrial, now, awaitsRoom }: Given<PendingValues>) =>
  db
    .insertInto('pending_deliveries')
    .values({ subscription_id: subscriptionId, is_trial: isTrial, since: now, awaits_room: awaitsRoom })
    .onConflict((conflict) =>
      conflict
        .column('subscription_id')
        .doUpdateSet((eb) => ({ is_trial: eb.ref('excluded.is_trial'), awaits_room: eb.ref('excluded.awaits_room') })),
    ),
)
