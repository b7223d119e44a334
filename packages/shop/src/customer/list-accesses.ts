import { sql } from '@vpn-kiosk/db'
import { type AccessId, type CustomerId, type EndpointCause, type Protocol, standingOf } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/**
 * How an access is, as staff may say it: `closing` was to be closed and its server has not agreed yet, so the person may
 * still connect; `closed` lets nobody in.
 */
export type AccessState = 'works' | 'server_down' | 'setting_up' | 'closing' | 'closed'

export interface AccessLine {
  readonly id: AccessId
  readonly serverName: string
  readonly protocol: Protocol
  /** Null where one account serves the whole subscription. */
  readonly deviceName: string | null
  readonly state: AccessState
  /** Why its server did not agree the last time; null when it did, or was not asked yet. */
  readonly problem: { readonly cause: EndpointCause; readonly reason: string } | null
  readonly lastSeenAt: Date | null
}

const listRows = (db: ShopDeps['db'], customerId: CustomerId) =>
  db
    .getKysely()
    .selectFrom('accesses as a')
    .innerJoin('subscriptions as u', 'u.id', 'a.subscription_id')
    .innerJoin('endpoints as e', 'e.id', 'a.endpoint_id')
    .innerJoin('servers as s', 's.id', 'e.server_id')
    .leftJoin('devices as d', 'd.id', 'a.device_id')
    .select(['a.id', 's.name', 'e.protocol', 'd.name as device', 's.state as server_state'])
    .select(['a.last_error', 'a.last_cause', 'a.last_seen_at'])
    .select(['u.state', 'u.ends_at', 'u.traffic_limit_bytes', 'u.traffic_used_bytes'])
    .select([
      sql<boolean>`a.applied_revision >= a.desired_revision`.as('is_applied'),
      sql<boolean>`a.asked_at is not null`.as('was_asked'),
    ])
    .where('u.customer_id', '=', customerId)
    .where('a.removed_at', 'is', null)
    .orderBy('a.created_at')
    .limit(20)
    .execute()

type Row = Awaited<ReturnType<typeof listRows>>[number]

/** One customer's accesses, the oldest first, at most twenty. */
export async function listAccesses(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
): Promise<AccessLine[]> {
  const rows = await listRows(db, customerId)
  return rows.map((row) => ({
    id: row.id,
    serverName: row.name,
    protocol: row.protocol,
    deviceName: row.device,
    state: stateOf(row, clock.now()),
    problem: row.last_error === null ? null : { cause: row.last_cause ?? 'other', reason: row.last_error },
    lastSeenAt: row.last_seen_at,
  }))
}

function stateOf(row: Row, now: Date): AccessState {
  const standing = standingOf(
    {
      state: row.state,
      endsAt: row.ends_at,
      trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
      trafficUsedBytes: BigInt(row.traffic_used_bytes),
    },
    now,
  )
  const isWanted = standing === 'active' && row.server_state !== 'disabled'
  if (!isWanted) return row.is_applied || !row.was_asked ? 'closed' : 'closing'
  if (!row.is_applied) return 'setting_up'
  return row.server_state === 'down' ? 'server_down' : 'works'
}
