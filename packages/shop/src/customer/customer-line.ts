import { type Expression, sql } from '@vpn-kiosk/db'
import { type CustomerId, type Standing, type SubscriptionState, standingOf } from '@vpn-kiosk/domain'

/** A customer in a list of staff's. */
export interface CustomerLine {
  readonly id: CustomerId
  readonly telegramId: bigint
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly isBanned: boolean
  readonly standing: Standing
  readonly endsAt: Date | null
}

/** Where the next page begins: after this instant, in microseconds since 1970, and this customer. */
export interface CustomerCursor {
  readonly atMicros: number
  readonly id: CustomerId
}

export interface CustomerPage {
  readonly lines: readonly CustomerLine[]
  /** Null on the last page. */
  readonly next: CustomerCursor | null
}

export const pageLength = 10

/** What `lineColumns` read. */
export interface LineRow {
  readonly id: CustomerId
  readonly telegram_id: string
  readonly first_name: string
  readonly last_name: string | null
  readonly username: string | null
  readonly is_banned: boolean
  readonly state: SubscriptionState | null
  readonly ends_at: Date | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string | null
  readonly micros: string
}

/** Of a customer `c` with a subscription `s` that need not be there; `at` is what the list is sorted by. */
export const lineColumns = (at: Expression<Date | null>) =>
  [
    'c.id',
    'c.telegram_id',
    'c.first_name',
    'c.last_name',
    'c.username',
    sql<boolean>`c.banned_at is not null`.as('is_banned'),
    's.state',
    's.ends_at',
    's.traffic_limit_bytes',
    's.traffic_used_bytes',
    sql<string>`(extract(epoch from ${at}) * 1000000)::bigint::text`.as('micros'),
  ] as const

/** What a list is sorted by. */
export interface LineOrder {
  readonly at: Expression<Date | null>
  readonly id: Expression<CustomerId | null>
  readonly direction: 'asc' | 'desc'
}

/** SQL: what comes after a cursor that need not be there; an index condition either way. */
export const isAfter = ({ at, id, direction }: LineOrder, cursor: CustomerCursor | null) =>
  sql<boolean>`(${at}, ${id}) ${direction === 'asc' ? sql`>` : sql`<`} (
    coalesce(to_timestamp(${cursor?.atMicros ?? null}::float8 / 1000000), ${sql.lit(direction === 'asc' ? '-infinity' : 'infinity')}),
    coalesce(${cursor?.id ?? null}::text, ''))`

/** `rows` hold one more than a page where there is a next one. */
export function toPage(rows: readonly LineRow[], now: Date): CustomerPage {
  const shown = rows.slice(0, pageLength)
  const last = shown.at(-1)
  const hasMore = rows.length > pageLength && last !== undefined
  return {
    lines: shown.map((row) => toLine(row, now)),
    next: hasMore ? { atMicros: Number(last.micros), id: last.id } : null,
  }
}

function toLine(row: LineRow, now: Date): CustomerLine {
  const { ends_at: endsAt } = row
  const entitlement = {
    state: row.state ?? 'pending',
    endsAt,
    trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
    trafficUsedBytes: BigInt(row.traffic_used_bytes ?? 0),
  }
  return {
    id: row.id,
    telegramId: BigInt(row.telegram_id),
    firstName: row.first_name,
    lastName: row.last_name,
    username: row.username,
    isBanned: row.is_banned,
    standing: standingOf(entitlement, now),
    endsAt,
  }
}
