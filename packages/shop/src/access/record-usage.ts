import {
  EndpointEntity,
  type EndpointRow,
  type EntityManager,
  type RawBuilder,
  type Statements,
  sql,
} from '@vpn-kiosk/db'
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
 * Reads every endpoint's counters in bulk and adds what is new to the running stretch. A customer near the end of an
 * allowance is warned; a used-up allowance begins the next stretch or closes the accesses. An endpoint that does not
 * answer is left for the next round; another failure is thrown once all endpoints were read.
 */
export async function recordUsage(deps: SyncUsageDeps): Promise<void> {
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
  const counters = sql<Counter>`jsonb_to_recordset(${rows}::jsonb)`
  await db
    .selectFrom('subscriptions')
    .select('id')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('accesses as a')
        .innerJoin(counters.as<'r'>(counterRecord), 'r.id', 'a.id')
        .select('a.subscription_id')
        .where((or) =>
          or.or([or('r.up', '<>', or.ref('a.upload_counter')), or('r.down', '<>', or.ref('a.download_counter'))]),
        ),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return db
    .with('added', (cte) => addCounters(cte, endpoint.id, { counters, keepsCounters }))
    .with('summed', (cte) =>
      cte
        .selectFrom('added')
        .select(['added.subscription_id', sql<string>`sum(added.bytes)::bigint`.as('bytes')])
        .groupBy('added.subscription_id'),
    )
    .with('used', (cte) =>
      cte
        .updateTable('subscriptions as s')
        .from('summed as t')
        .set({ traffic_used_bytes: sql<bigint>`s.traffic_used_bytes + t.bytes` })
        .whereRef('s.id', '=', 't.subscription_id')
        .where('t.bytes', '>', sql.lit<string>('0'))
        .returning([
          's.id',
          's.customer_id',
          's.state',
          's.stretch_id',
          's.traffic_limit_bytes',
          's.traffic_used_bytes',
        ])
        .returning(sql<boolean>`coalesce(s.stretch_ends_at < s.ends_at, false)`.as('has_next')),
    )
    .selectFrom('used')
    .select(['id', 'customer_id', 'stretch_id', 'has_next', 'traffic_limit_bytes', 'traffic_used_bytes'])
    .select(
      sql<number>`(select coalesce(sum(g.amount - g.taken), 0)::int from addon_grants g
        where g.period_id = used.stretch_id and g.kind = 'traffic')`.as('added_gigabytes'),
    )
    .where('state', '=', sql.lit('active'))
    .where('traffic_limit_bytes', 'is not', null)
    .$narrowType<{ traffic_limit_bytes: string }>()
    .where(sql<boolean>`traffic_used_bytes * 100.0 >= traffic_limit_bytes * ${trafficThresholds[0]}::numeric`)
    .execute()
}

interface Counters {
  /** A record set of `Counter`s. */
  readonly counters: RawBuilder<Counter>
  readonly keepsCounters: boolean
}

interface Counter {
  readonly id: AccessId
  readonly up: string
  readonly down: string
  readonly seen: Date | null
}

const counterRecord = sql`r (id text, up bigint, down bigint, seen timestamptz)`

/** What each access has carried since its counters were last read. */
function addCounters(
  db: Pick<Statements, 'updateTable'>,
  endpointId: EndpointRow['id'],
  { counters, keepsCounters }: Counters,
) {
  const fresh = sql`case when ${keepsCounters}::boolean then 0 else 1 end`
  const grown = (now: string, before: string) => {
    const [read, known] = [sql.ref(now), sql.ref(before)]
    return sql<bigint>`case when ${read} >= ${known} then ${read} - ${known} else ${read} * ${fresh} end`
  }
  const seenAt = sql<Date | null>`coalesce(r.seen, a.last_seen_at)`
  return db
    .updateTable('accesses as a')
    .from([counters.as<'r'>(counterRecord), 'accesses as before'])
    .set({
      upload_bytes: sql<bigint>`a.upload_bytes + ${grown('r.up', 'a.upload_counter')}`,
      download_bytes: sql<bigint>`a.download_bytes + ${grown('r.down', 'a.download_counter')}`,
      upload_counter: sql<bigint>`r.up`,
      download_counter: sql<bigint>`r.down`,
      last_seen_at: seenAt,
    })
    .whereRef('a.id', '=', 'r.id')
    .whereRef('before.id', '=', 'a.id')
    .where('a.endpoint_id', '=', endpointId)
    .where((eb) =>
      eb.or([
        eb('r.up', '<>', eb.ref('a.upload_counter')),
        eb('r.down', '<>', eb.ref('a.download_counter')),
        eb(seenAt, 'is distinct from', eb.ref('a.last_seen_at')),
      ]),
    )
    .returning([
      'a.subscription_id',
      sql<string>`a.upload_bytes + a.download_bytes - before.upload_bytes - before.download_bytes`.as('bytes'),
    ])
}
