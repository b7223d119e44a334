import { anyOf, sql } from '@vpn-kiosk/db'
import { type EndpointId, keptFree } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from './devices-only.ts'

/** Whether somebody who pays now is served, and how many more can be. */
export interface Room {
  /** `full`: every open server is, places of rights that have ended included. `no_server`: none is open. */
  readonly kind: 'open' | 'full' | 'no_server'
  /** Newcomers who still get a key. */
  readonly people: number
  /** How many more would get one if all servers that are open were empty. */
  readonly most: number
  /** The most accesses that one open server holds: about how many people have a key. */
  readonly held: number
}

type RoomDeps = Pick<ShopDeps, 'db' | 'clock' | 'drivers'>

/**
 * The room that is left, from kept counts alone. A newcomer waits for a shared key, so servers that give keys to single
 * devices count only in a shop that has no others.
 */
export async function getRoom(deps: RoomDeps): Promise<Room> {
  const rows = await countPlaces(deps)
  if (rows.length === 0) return { kind: 'no_server', people: 0, most: 0, held: 0 }
  const people = peopleLeft(rows.map(({ capacity, taken, ended }) => ({ capacity, free: capacity - taken + ended })))
  const most = peopleLeft(rows.map(({ capacity }) => ({ capacity, free: capacity })))
  const held = Math.max(...rows.map(({ taken, ended }) => taken - ended))
  return { kind: people > 0 ? 'open' : 'full', people, most, held }
}

/** A newcomer takes a place on each server until only those are left that are kept for people who have nothing. */
function peopleLeft(servers: readonly { readonly capacity: number; readonly free: number }[]): number {
  const everywhere = servers.map(({ capacity, free }) => Math.max(0, free - keptFree(capacity)))
  const kept = servers.map(({ capacity, free }) => Math.max(0, Math.min(free, keptFree(capacity))))
  return Math.max(...everywhere) + kept.reduce((sum, count) => sum + count, 0)
}

/** Counts of ended rights stop here, so that they stay cheap. */
const countLimit = 10_000

function countPlaces({ db, clock, drivers }: RoomDeps) {
  const shared = anyOf(sharedDrivers(drivers))
  const kysely = db.getKysely()
  const ended = kysely
    .selectFrom('accesses as a')
    .select('a.id')
    .where('a.endpoint_id', '=', sql.ref<EndpointId>('e.id'))
    .where('a.removed_at', 'is', null)
    .where('a.ended_at', '<=', clock.now())
    .limit(countLimit)
  const isSharedSomewhere = kysely.selectFrom('endpoints as x').select('x.id').where('x.driver', '=', shared)
  return kysely
    .selectFrom('servers as v')
    .innerJoin('endpoints as e', 'e.server_id', 'v.id')
    .select([
      'v.id',
      'v.capacity',
      sql<number>`sum(e.places_taken)::int`.as('taken'),
      sql<number>`sum((select count(*) from ${ended} as ended))::int`.as('ended'),
    ])
    .where('v.state', '=', sql.lit('active'))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('endpoints as k')
          .select('k.id')
          .whereRef('k.server_id', '=', 'v.id')
          .where('k.takes_newcomers', '=', sql.lit(true))
          .where((eb) => eb.or([eb('k.driver', '=', shared), eb.not(eb.exists(isSharedSomewhere))])),
      ),
    )
    .groupBy('v.id')
    .execute()
}
