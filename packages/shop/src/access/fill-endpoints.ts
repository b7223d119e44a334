import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import {
  type AccessId,
  type DriverId,
  type EndpointId,
  fillAhead,
  keptFree,
  type ServerId,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import { mintAccess } from './new-access.ts'
import { nudgeAll } from './nudge.ts'

type FillDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

/** Subscriptions looked at, and accesses added, in one transaction: no purchase waits long for either. */
const scanned = 2000
const page = 100
/** Pages an endpoint at one time. */
const mostPages = 20

interface Filling {
  readonly id: EndpointId
  readonly server_id: ServerId
  readonly driver: DriverId
  readonly capacity: number
  readonly fill_after: string | null
  readonly behind: number
}

/**
 * Gives running subscriptions an access on endpoints that gained room: added, opened again, or freed. Goes through the
 * subscriptions by id, remembers how far it came, and stops while enough wait for the endpoint to agree, so that the
 * panel's own speed decides. Costs next to nothing while there is nothing to fill.
 */
export async function fillEndpoints(deps: FillDeps): Promise<void> {
  const endpoints = await deps.db.read<Filling>(fillingStatement, [sharedDrivers(deps.drivers), fillAhead])
  for (const endpoint of endpoints) await fill(deps, endpoint)
}

const fillingStatement = {
  name: 'endpoints to fill',
  text: `select e.id, e.server_id, e.driver, v.capacity, e.fill_after, (
       select count(*)::int from (
         select 1 from accesses a where a.endpoint_id = e.id and a.applied_revision < a.desired_revision limit $2
       ) waiting
     ) as behind
     from endpoints e join servers v on v.id = e.server_id
     where v.state = 'active' and e.takes_newcomers and e.driver = any($1) and e.failures = 0 and (e.fill_after is not null or e.has_turned_away)
       and v.capacity - v.capacity / 20 > (select sum(x.places_taken) from endpoints x where x.server_id = v.id)
     order by e.id`,
}

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

/** Whoever is turned away from now on may have been passed already: one more round is made for them. */
const beginRound = ({ db }: FillDeps, id: EndpointId) =>
  db.transaction((em) =>
    runStatement(em, `update endpoints set fill_after = '', has_turned_away = false where id = $1`, [id]),
  )

interface Filled {
  readonly added: number
  /** Null when the round is over, or the server is full. */
  readonly after: string | null
}

async function fillPage(deps: FillDeps, em: EntityManager, endpoint: Filling, after: string): Promise<Filled> {
  const now = deps.clock.now()
  const { ids, last } = await scan(em, endpoint, after, now)
  if (ids.length > 0) await runStatement(em, lockSubscriptions, [ids])
  const room = await lockRoom(em, endpoint)
  const chosen = ids.slice(0, room)
  const added = await add(deps, em, endpoint, chosen, now)
  const isFull = chosen.length < ids.length
  const next = isFull ? (chosen.at(-1) ?? after) : last
  await runStatement(em, 'update endpoints set fill_after = $2 where id = $1', [endpoint.id, next])
  return { added, after: isFull ? null : next }
}

/** The next who lack an access here, at most a page of them, and the last that was looked at; null at the end. */
async function scan(
  em: EntityManager,
  { id }: Filling,
  after: string,
  now: Date,
): Promise<{ readonly ids: SubscriptionId[]; readonly last: string | null }> {
  const rows = await runStatement<{ id: SubscriptionId; is_lacking: boolean }>(em, scanStatement, [
    after,
    scanned,
    id,
    now,
  ])
  const lacking = rows.filter((row) => row.is_lacking).map((row) => row.id)
  if (lacking.length > page) return { ids: lacking.slice(0, page), last: lacking[page - 1]! }
  return { ids: lacking, last: rows.length < scanned ? null : rows.at(-1)!.id }
}

const isLacking = `s.state = 'active' and s.ends_at > $4
  and (s.traffic_limit_bytes is null or s.traffic_used_bytes < s.traffic_limit_bytes) and not exists (
    select 1 from accesses a where a.subscription_id = s.id and a.endpoint_id = $3 and a.device_id is null and a.removed_at is null
  )`

const scanStatement = `
  select s.id, ${isLacking} as is_lacking from (
    select id, state, ends_at, traffic_limit_bytes, traffic_used_bytes from subscriptions where id > $1 order by id limit $2
  ) s order by s.id`

const lockSubscriptions = 'select id from subscriptions where id = any($1) order by id for no key update'

/** Places that may be filled; the endpoints of the server are locked. */
async function lockRoom(em: EntityManager, { server_id: serverId, capacity }: Filling): Promise<number> {
  const rows = await runStatement<{ places_taken: number }>(
    em,
    'select places_taken from endpoints where server_id = $1 order by id for no key update',
    [serverId],
  )
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
  const added = await runStatement<{ id: AccessId }>(em, addStatement, [
    minted.map(({ id }) => id),
    minted.map(({ secrets }) => secrets),
    endpointId,
    now,
    subscriptionIds,
  ])
  const ids = added.map(({ id }) => id)
  await nudgeAll(deps, em, ids, { priority: 'bulk' })
  return ids.length
}

/** Asked once more with everybody locked: who has ended or been served meanwhile gets nothing. */
const addStatement = `
  insert into accesses (id, secrets, subscription_id, endpoint_id, desired_revision, applied_revision, next_attempt_at,
    upload_counter, download_counter, upload_bytes, download_bytes, created_at, asked_at)
  select missing.id, missing.secrets, s.id, $3, 1, 0, $4, 0, 0, 0, 0, $4, null
  from unnest($1::text[], $2::text[], $5::text[]) as missing (id, secrets, subscription_id)
  join subscriptions s on s.id = missing.subscription_id where ${isLacking}
  returning id`
