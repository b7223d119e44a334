import { keptFree, type ServerId } from '@vpn-kiosk/domain'
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

interface Row {
  readonly id: ServerId
  readonly capacity: number
  readonly taken: number
  readonly ended: number
}

/**
 * The room that is left, from kept counts alone. A newcomer waits for a shared key, so servers that give keys to single
 * devices count only in a shop that has no others.
 */
export async function getRoom({ db, clock, drivers }: Pick<ShopDeps, 'db' | 'clock' | 'drivers'>): Promise<Room> {
  const rows = await db.read<Row>(statement, [clock.now(), countLimit, sharedDrivers(drivers)])
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

const statement = {
  name: 'room left',
  text: `select v.id, v.capacity, sum(e.places_taken)::int as taken, sum((
       select count(*) from (
         select 1 from accesses a where a.endpoint_id = e.id and a.removed_at is null and a.ended_at <= $1 limit $2
       ) ended
     ))::int as ended
     from servers v join endpoints e on e.server_id = v.id where v.state = 'active' and exists (
       select 1 from endpoints k where k.server_id = v.id and k.takes_newcomers
         and (k.driver = any($3) or not exists (select 1 from endpoints x where x.driver = any($3)))
     ) group by v.id`,
}
