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
  readonly ends_at: Date | string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string | null
  readonly micros: string
}

/** SQL: a customer `c` with a subscription `s` that need not be there; `at` is what the list is sorted by. */
export const lineColumns = (at: string): string =>
  `c.id, c.telegram_id, c.first_name, c.last_name, c.username, c.banned_at is not null as is_banned,
  s.state, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes, (extract(epoch from ${at}) * 1000000)::bigint::text as micros`

/** SQL: what comes after a cursor, whose two values may be absent; an index condition either way. */
export const isAfter = (at: string, id: string, order: 'asc' | 'desc', [micros, customer]: readonly [string, string]) =>
  `(${at}, ${id}) ${order === 'asc' ? '>' : '<'} (
    coalesce(to_timestamp(${micros}::float8 / 1000000), '${order === 'asc' ? '-' : ''}infinity'), coalesce(${customer}::text, ''))`

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
  const endsAt = row.ends_at === null ? null : new Date(row.ends_at)
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
