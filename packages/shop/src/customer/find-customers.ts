import { type CustomerId, isId, type Standing, type SubscriptionState, standingOf } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Seen, seeIfPermitted } from '../staff/permission.ts'

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

const limit = 10
const maxQuery = 100
const maxTelegramId = 2n ** 62n

/**
 * Finds people by our id, `@name` or a link to it, Telegram id, a payment's id (ours or the provider's) or a part
 * of their name. At most ten, the last active first.
 */
export const findCustomers = (
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  query: string,
): Promise<Seen<CustomerLine[]>> =>
  seeIfPermitted(deps, actor, 'see_customers', () => search(deps, query.trim().slice(0, maxQuery)))

interface Condition {
  readonly sql: string
  readonly params: readonly unknown[]
}

interface Row {
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
}

async function search({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>, query: string): Promise<CustomerLine[]> {
  if (query === '') return []
  const { sql, params } = conditionOf(query)
  const rows = await db.em().execute<Row[]>(
    `select c.id, c.telegram_id, c.first_name, c.last_name, c.username, c.banned_at is not null as is_banned,
       s.state, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes
     from customers c left join subscriptions s on s.customer_id = c.id
     where ${sql} order by c.last_active_at desc limit ${limit}`,
    [...params],
  )
  return rows.map((row) => toLine(row, clock.now()))
}

/** Only these fixed texts become SQL; what was typed is always a parameter. */
function conditionOf(query: string): Condition {
  const name = /^(?:@|(?:https?:\/\/)?t\.me\/)(\w{2,32})$/i.exec(query)?.[1]
  if (name) return { sql: 'lower(c.username) = lower(?)', params: [name] }
  if (isId('customer', query)) return { sql: 'c.id = ?', params: [query] }
  if (isId('payment', query)) return { sql: 'c.id in (select customer_id from payments where id = ?)', params: [query] }
  const byReference = 'c.id in (select customer_id from payments where reference = ?)'
  if (/^\d{1,19}$/.test(query) && BigInt(query) < maxTelegramId)
    return { sql: `(c.telegram_id = ? or ${byReference})`, params: [query, query] }
  const pattern = `%${query.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return {
    sql: `(concat_ws(' ', c.first_name, c.last_name) ilike ? or c.username ilike ? or ${byReference})`,
    params: [pattern, pattern, query],
  }
}

function toLine(row: Row, now: Date): CustomerLine {
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
