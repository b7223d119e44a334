import { type Expression, type Given, prepared, type Statements, sql } from '@vpn-kiosk/db'
import {
  type AddonKind,
  type AddonSize,
  type CustomerId,
  type DriverId,
  daysLeft,
  type LocalizedText,
  type Standing,
  type SubscriptionId,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { devicesOnly, sharedDrivers } from '../server/devices-only.ts'

export interface SubscriptionSummary {
  readonly id: SubscriptionId
  readonly standing: Standing
  readonly isTrial: boolean
  readonly planTitle: LocalizedText | null
  readonly endsAt: Date | null
  /** When the time that was paid for ended, and access that is lent began; null where none is. */
  readonly paidUntil?: Date | null
  readonly daysLeft: number
  /** 0 once it has ended. */
  readonly leftMs: number
  readonly trafficUsedBytes: bigint
  readonly trafficLimitBytes: bigint | null
  readonly devices: number
  readonly deviceLimit: number
  /** What add-ons give the running stretch: it is part of the limits until then. */
  readonly added?: readonly (AddonSize & { readonly endsAt: Date })[]
  /** Paid or granted, but no endpoint has agreed yet. */
  readonly isPreparing: boolean
  readonly subscriptionUrl: string
}

/** SQL: what add-ons give the running stretch of the subscription `s`. */
const addedTo = (kind: AddonKind) => sql<number>`(
  select coalesce(sum(g.amount - g.taken), 0)::int from addon_grants g where g.period_id = s.stretch_id and g.kind = ${sql.lit(kind)}
)`

/** Subscriptions `s` with what a screen says of them. */
export const selectSummary = (db: Statements, shared: Expression<readonly DriverId[]>) =>
  db
    .selectFrom('subscriptions as s')
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .leftJoin('subscription_periods as grace', (join) =>
      join.onRef('grace.id', '=', 's.stretch_id').on('grace.key', 'like', 'grace:%'),
    )
    .select([
      's.id as subscription_id',
      's.state',
      's.is_trial',
      's.ends_at',
      's.traffic_limit_bytes',
      's.traffic_used_bytes',
      's.device_limit',
      's.token',
      's.stretch_ends_at',
      addedTo('devices').as('added_devices'),
      addedTo('traffic').as('added_gigabytes'),
      'p.title',
      'grace.starts_at as paid_until',
      sql<number>`(select count(*)::int from devices d where d.subscription_id = s.id and d.revoked_at is null)`.as(
        'devices',
      ),
      sql<number>`(
        select count(*)::int from accesses a
        where a.subscription_id = s.id and a.removed_at is null and a.credentials is not null
      )`.as('ready'),
      devicesOnly(shared).as('devices_only'),
    ])

const findSummary = prepared(
  (db, { customerId, shared }: Given<{ customerId: CustomerId; shared: readonly DriverId[] }>) =>
    selectSummary(db, shared).where('s.customer_id', '=', customerId),
)

export type SummaryRow = Awaited<ReturnType<typeof findSummary>>[number]

/** What a customer has, in one read; null for who never had anything. */
export async function getSubscription(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'drivers'>,
  customerId: CustomerId,
): Promise<SubscriptionSummary | null> {
  const [row] = await findSummary(deps.db, { customerId, shared: sharedDrivers(deps.drivers) })
  return row ? toSummary(deps, row) : null
}

export function toSummary({ clock, policy }: Pick<ShopDeps, 'clock' | 'policy'>, row: SummaryRow): SubscriptionSummary {
  const now = clock.now()
  const endsAt = row.ends_at
  const trafficUsedBytes = BigInt(row.traffic_used_bytes)
  const trafficLimitBytes = row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes)
  const standing = standingOf({ state: row.state, endsAt, trafficLimitBytes, trafficUsedBytes }, now)
  return {
    id: row.subscription_id,
    standing,
    isTrial: row.is_trial,
    planTitle: row.title,
    endsAt,
    paidUntil: standing === 'active' ? row.paid_until : null,
    daysLeft: endsAt ? daysLeft(now, endsAt) : 0,
    leftMs: endsAt ? Math.max(0, endsAt.getTime() - now.getTime()) : 0,
    trafficUsedBytes,
    trafficLimitBytes,
    devices: row.devices,
    deviceLimit: row.device_limit,
    added: addedOf(row),
    isPreparing: standing === 'active' && row.ready === 0 && !row.devices_only,
    subscriptionUrl: `${policy.publicUrl}/s/${row.token}`,
  }
}

function addedOf({ stretch_ends_at: endsAt, added_devices: devices, added_gigabytes: gigabytes }: SummaryRow) {
  if (!endsAt) return []
  const all = [
    { kind: 'devices' as const, amount: devices, endsAt },
    { kind: 'traffic' as const, amount: gigabytes, endsAt },
  ]
  return all.filter(({ amount }) => amount > 0)
}
