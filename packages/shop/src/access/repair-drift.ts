import { EndpointEntity, type EndpointRow } from '@vpn-kiosk/db'
import {
  type AccessId,
  accountOf,
  EndpointRefused,
  EndpointUnreachable,
  type SubscriptionState,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { eachApart } from './each-apart.ts'
import { requestAgain } from './request-access.ts'

export type RepairDriftDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'endpoints'>

export interface Drift {
  readonly accessId: AccessId
  readonly endpointId: EndpointRow['id']
  /** `missing`: should let in and does not. `open`: lets in and should not. */
  readonly kind: 'missing' | 'open'
}

/**
 * Compares what each endpoint holds with what it was last made to hold, and wishes again for whatever differs: a panel
 * that was restored from an old copy, or lost, is filled anew, and a device that was taken away stays away. Accounts
 * that no row of ours explains are left alone. A dry run only tells. An endpoint that does not answer is left for the
 * next round; one that fails otherwise keeps no other from being repaired, and is thrown at the end.
 */
export async function repairDrift(deps: RepairDriftDeps, isDryRun = false): Promise<Drift[]> {
  const endpoints = await deps.db
    .em()
    .execute<{ id: EndpointRow['id'] }[]>(
      `select e.id from endpoints e join servers s on s.id = e.server_id where s.state in ('active', 'draining')`,
    )
  const found: Drift[] = []
  await eachApart(endpoints, async ({ id }) => {
    const drifts = await compareEndpoint(deps, id)
    found.push(...drifts)
    if (isDryRun) return
    for (const { accessId } of drifts)
      await deps.db.transaction((em) => requestAgain(deps, em, accessId, deps.clock.now()))
  })
  return found
}

async function compareEndpoint(deps: RepairDriftDeps, endpointId: EndpointRow['id']): Promise<Drift[]> {
  const startedAt = deps.clock.now()
  const endpoint = await deps.db.em().findOneOrFail(EndpointEntity, { id: endpointId })
  try {
    const open = new Set<string>()
    for await (const { account, enabled } of deps.endpoints.open(endpoint).listAccounts())
      if (enabled) open.add(account)
    return await differences(deps, endpointId, { open, startedAt })
  } catch (error) {
    if (error instanceof EndpointUnreachable || error instanceof EndpointRefused) return []
    throw error
  }
}

interface Settled {
  readonly id: AccessId
  readonly is_removed: boolean
  readonly state: SubscriptionState
  readonly ends_at: Date | string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
}

const page = 1000

/** Only accesses that were settled before the endpoint was read: what changes meanwhile is somebody's work. */
async function differences(
  { db, clock }: RepairDriftDeps,
  endpointId: EndpointRow['id'],
  { open, startedAt }: { open: ReadonlySet<string>; startedAt: Date },
): Promise<Drift[]> {
  const found: Drift[] = []
  let last = ''
  for (;;) {
    const rows = await db.em().execute<Settled[]>(
      `select a.id, a.removed_at is not null as is_removed, s.state, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes
       from accesses a join subscriptions s on s.id = a.subscription_id
       where a.endpoint_id = ? and a.applied_revision = a.desired_revision and a.applied_at < ? and a.id > ?
       order by a.id limit ?`,
      [endpointId, startedAt, last, page],
    )
    for (const row of rows) {
      const isOpen = open.has(accountOf(row.id))
      const shouldBeOpen = !row.is_removed && standingOf(entitlementOf(row), clock.now()) === 'active'
      if (isOpen !== shouldBeOpen) found.push({ accessId: row.id, endpointId, kind: shouldBeOpen ? 'missing' : 'open' })
    }
    last = rows.at(-1)?.id ?? ''
    if (rows.length < page) return found
  }
}

const entitlementOf = (row: Settled) => ({
  state: row.state,
  endsAt: row.ends_at === null ? null : new Date(row.ends_at),
  trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
  trafficUsedBytes: BigInt(row.traffic_used_bytes),
})
