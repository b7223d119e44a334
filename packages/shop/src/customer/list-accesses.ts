import {
  type AccessId,
  type CustomerId,
  type EndpointCause,
  type Protocol,
  type ServerState,
  type SubscriptionState,
  standingOf,
} from '@vpn-kiosk/domain'
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

interface Row {
  readonly id: AccessId
  readonly name: string
  readonly protocol: Protocol
  readonly device: string | null
  readonly is_applied: boolean
  readonly was_asked: boolean
  readonly server_state: ServerState
  readonly last_error: string | null
  readonly last_cause: EndpointCause | null
  readonly last_seen_at: Date | string | null
  readonly state: SubscriptionState
  readonly ends_at: Date | string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
}

const statement = {
  name: 'accesses of a customer',
  text: `select a.id, s.name, e.protocol, d.name as device, a.applied_revision >= a.desired_revision as is_applied,
      a.asked_at is not null as was_asked, s.state as server_state, a.last_error, a.last_cause, a.last_seen_at,
      u.state, u.ends_at, u.traffic_limit_bytes, u.traffic_used_bytes
    from accesses a join subscriptions u on u.id = a.subscription_id join endpoints e on e.id = a.endpoint_id
    join servers s on s.id = e.server_id left join devices d on d.id = a.device_id
    where u.customer_id = $1 and a.removed_at is null order by a.created_at limit 20`,
}

/** One customer's accesses, the oldest first, at most twenty. */
export async function listAccesses(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
): Promise<AccessLine[]> {
  const rows = await db.read<Row>(statement, [customerId])
  return rows.map((row) => ({
    id: row.id,
    serverName: row.name,
    protocol: row.protocol,
    deviceName: row.device,
    state: stateOf(row, clock.now()),
    problem: row.last_error === null ? null : { cause: row.last_cause ?? 'other', reason: row.last_error },
    lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at),
  }))
}

function stateOf(row: Row, now: Date): AccessState {
  const standing = standingOf(
    {
      state: row.state,
      endsAt: row.ends_at === null ? null : new Date(row.ends_at),
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
