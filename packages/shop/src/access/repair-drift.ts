import { AccessEntity, EndpointEntity, type EndpointRow } from '@vpn-kiosk/db'
import {
  type AccessId,
  accountOf,
  EndpointRefused,
  EndpointUnreachable,
  type SubscriptionState,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { nudge } from './request-access.ts'

export type RepairDriftDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'endpoints'>

export interface Drift {
  readonly accessId: AccessId
  readonly endpointId: EndpointRow['id']
  /** `missing`: should let in and does not. `open`: lets in and should not. */
  readonly kind: 'missing' | 'open'
}

/**
 * Compares what each endpoint holds with what it was last made to hold, and wishes again for whatever differs: a panel
 * that was restored from an old copy, or lost, is filled anew. Accounts that no row of ours explains are left alone.
 * A dry run only tells. An endpoint that does not answer is left for the next round.
 */
export async function repairDrift(deps: RepairDriftDeps, isDryRun = false): Promise<Drift[]> {
  const endpoints = await deps.db
    .em()
    .execute<{ id: EndpointRow['id'] }[]>(
      `select e.id from endpoints e join servers s on s.id = e.server_id where s.state in ('active', 'draining')`,
    )
  const found: Drift[] = []
  for (const { id } of endpoints) found.push(...(await compareEndpoint(deps, id)))
  if (!isDryRun) for (const drift of found) await wishAgain(deps, drift.accessId)
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
  readonly state: SubscriptionState
  readonly ends_at: Date | string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
}

/** Only accesses that were settled before the endpoint was read: what changes meanwhile is somebody's work. */
async function differences(
  { db, clock }: RepairDriftDeps,
  endpointId: EndpointRow['id'],
  { open, startedAt }: { open: ReadonlySet<string>; startedAt: Date },
): Promise<Drift[]> {
  const rows = await db.em().execute<Settled[]>(
    `select a.id, s.state, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes
     from accesses a join subscriptions s on s.id = a.subscription_id
     where a.endpoint_id = ? and a.removed_at is null and a.applied_revision = a.desired_revision and a.applied_at < ?`,
    [endpointId, startedAt],
  )
  const now = clock.now()
  return rows.flatMap((row): Drift[] => {
    const isOpen = open.has(accountOf(row.id))
    const shouldBeOpen = standingOf(entitlementOf(row), now) === 'active'
    if (isOpen === shouldBeOpen) return []
    return [{ accessId: row.id, endpointId, kind: shouldBeOpen ? 'missing' : 'open' }]
  })
}

const entitlementOf = (row: Settled) => ({
  state: row.state,
  endsAt: row.ends_at === null ? null : new Date(row.ends_at),
  trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
  trafficUsedBytes: BigInt(row.traffic_used_bytes),
})

async function wishAgain(deps: RepairDriftDeps, id: AccessId): Promise<void> {
  await deps.db.transaction(async (em) => {
    const access = await em.findOneOrFail(AccessEntity, { id })
    const change = { desiredRevision: access.desiredRevision + 1, nextAttemptAt: deps.clock.now(), attempts: 0 }
    const wished = await em.nativeUpdate(AccessEntity, { id, desiredRevision: access.desiredRevision }, change)
    if (wished) await nudge(deps, em, id)
  })
}
