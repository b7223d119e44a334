import { EndpointEntity, type EndpointRow, type EntityManager, sql } from '@vpn-kiosk/db'
import {
  type AccessId,
  type AccountUsage,
  accountOf,
  EndpointRefused,
  EndpointUnreachable,
  trafficThresholds,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { listServingEndpoints } from '../server/list-serving-endpoints.ts'
import { forEachIsolated } from './for-each-isolated.ts'
import { type NearLimit, notifyTraffic } from './notify-traffic.ts'

export type SyncUsageDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'endpoints' | 'drivers'>

const batchSize = 500

/**
 * Reads every endpoint's counters in bulk and adds what is new to the running stretch. Who comes near the end of an
 * allowance is warned; whose allowance is used up is cut off everywhere, or goes on with the next stretch. An endpoint
 * that does not answer is left for the next round; one that fails otherwise keeps no other from being read, and is
 * thrown at the end.
 */
export async function syncUsage(deps: SyncUsageDeps): Promise<void> {
  await forEachIsolated(await listServingEndpoints(deps), async ({ id }) => {
    await syncEndpoint(deps, await deps.db.em().findOneOrFail(EndpointEntity, { id })).catch(leaveForLater)
  })
}

function leaveForLater(error: unknown): void {
  if (!(error instanceof EndpointUnreachable || error instanceof EndpointRefused)) throw error
}

async function syncEndpoint(deps: SyncUsageDeps, endpoint: EndpointRow): Promise<void> {
  let batch: AccountUsage[] = []
  for await (const usage of deps.endpoints.open(endpoint).readUsage()) {
    batch.push(usage)
    if (batch.length < batchSize) continue
    await store(deps, endpoint, batch)
    batch = []
  }
  if (batch.length > 0) await store(deps, endpoint, batch)
}

/**
 * One statement a batch, after the subscriptions are locked: everybody locks them before their accesses. A counter
 * that went down began again, so all of it is new, or was taken back by a restored copy, and nothing is (see `counterDelta`).
 */
async function store(deps: SyncUsageDeps, endpoint: EndpointRow, batch: readonly AccountUsage[]): Promise<void> {
  const prefix = accountOf('acc_').length
  const rows = batch.filter(isCounted).map((usage) => ({
    id: `acc_${usage.account.slice(prefix)}` as AccessId,
    up: usage.uploadBytes.toString(),
    down: usage.downloadBytes.toString(),
    seen: usage.lastSeenAt?.toISOString() ?? null,
  }))
  await deps.db.transaction(async (em) => {
    const keepsCounters = deps.drivers.get(endpoint.driver)?.keepsCounters === true
    const near = await addUp(em, endpoint, { rows: JSON.stringify(rows), keepsCounters })
    await notifyTraffic(deps, em, near)
  })
}

/** Far above what anybody carries. */
const mostCounted = 2n ** 53n

/** A counter that cannot be one is passed over, and keeps no other of its endpoint from being added up. */
const isCounted = ({ uploadBytes, downloadBytes }: AccountUsage): boolean =>
  [uploadBytes, downloadBytes].every((counter) => counter >= 0n && counter <= mostCounted)

/** Returns whose allowance is used up or nearly so. */
async function addUp(
  em: EntityManager,
  endpoint: EndpointRow,
  { rows, keepsCounters }: { readonly rows: string; readonly keepsCounters: boolean },
): Promise<NearLimit[]> {
  const db = em.getKysely()
  const counters = sql<{ id: AccessId; up: string; down: string }>`jsonb_to_recordset(${rows}::jsonb)`
  await db
    .selectFrom('subscriptions')
    .select('id')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('accesses as a')
        .innerJoin(counters.as<'r'>(sql`r (id text, up bigint, down bigint)`), 'r.id', 'a.id')
        .select('a.subscription_id')
        .where((or) =>
          or.or([or('r.up', '<>', or.ref('a.upload_counter')), or('r.down', '<>', or.ref('a.download_counter'))]),
        ),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const near = await sql<NearLimit>`
     with read as (
       select * from jsonb_to_recordset(${rows}::jsonb) as r(id text, up bigint, down bigint, seen timestamptz)
     ), kept as (
       select case when ${keepsCounters}::boolean then 0 else 1 end as fresh
     ), added as (
       update accesses a set
         upload_bytes = a.upload_bytes + case when r.up >= a.upload_counter then r.up - a.upload_counter else r.up * k.fresh end,
         download_bytes = a.download_bytes + case when r.down >= a.download_counter then r.down - a.download_counter else r.down * k.fresh end,
         upload_counter = r.up, download_counter = r.down, last_seen_at = coalesce(r.seen, a.last_seen_at)
       from kept k, read r, accesses before where a.id = r.id and before.id = a.id and a.endpoint_id = ${endpoint.id}
         and (r.up <> a.upload_counter or r.down <> a.download_counter or coalesce(r.seen, a.last_seen_at) is distinct from a.last_seen_at)
       returning a.subscription_id, a.upload_bytes + a.download_bytes - before.upload_bytes - before.download_bytes as bytes
     ), used as (
       update subscriptions s set traffic_used_bytes = s.traffic_used_bytes + t.bytes
       from (select subscription_id, sum(bytes)::bigint as bytes from added group by subscription_id) t
       where s.id = t.subscription_id and t.bytes > 0
       returning s.id, s.customer_id, s.state, s.stretch_id, s.stretch_ends_at < s.ends_at as has_next, s.traffic_limit_bytes, s.traffic_used_bytes
     )
     select id, customer_id, stretch_id, coalesce(has_next, false) as has_next, traffic_limit_bytes, traffic_used_bytes
     from used where state = 'active' and traffic_limit_bytes is not null and traffic_used_bytes * 100.0 >= traffic_limit_bytes * ${trafficThresholds[0]}::numeric`.execute(
    db,
  )
  return near.rows
}
