import { addDays, cleanUpPage, cleanUpPages, type RetentionTable, retention, retentionTables } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** How many rows of each table were thrown away; a table without any is absent. */
export type CleanUpReport = Readonly<Partial<Record<RetentionTable, number>>>

/** The oldest rows come first by their number; what is young ends the page. */
const byNumber = (table: 'activities' | 'server_stats') =>
  `delete from ${table} where id in (select id from (select id, at from ${table} order by id limit $2) oldest where at < $1)`

const byKey = (table: string, key: string, isOver: string) =>
  `delete from ${table} where (${key}) in (select ${key} from ${table} where ${isOver} limit $2)`

/** $1: what is older goes. $2: at most so many rows. Each goes by an index. */
const statements: Readonly<Record<RetentionTable, string>> = {
  notifications: byKey(
    'notifications',
    'id',
    `state in ('sent', 'unreachable', 'outdated', 'failed') and created_at < $1`,
  ),
  alerts: byKey('alerts', 'id', 'last_at < $1'),
  payment_webhooks: byKey('payment_webhooks', 'id', 'handled_at < $1'),
  payment_messages: byKey('payment_messages', 'bot_id, chat_id, message_id', 'shown_at < $1'),
  provider_refusals: byKey('provider_refusals', 'provider, reason', 'last_at < $1'),
  activities: byNumber('activities'),
  server_stats: byNumber('server_stats'),
  broadcast_recipients: `delete from broadcast_recipients where (broadcast_id, customer_id) in (
    select r.broadcast_id, r.customer_id from broadcasts b join broadcast_recipients r on r.broadcast_id = b.id
    where b.finished_at < $1 limit $2)`,
  broadcast_watches: byKey('broadcast_watches', 'bot_id, chat_id, message_id', 'created_at < $1'),
  accesses: byKey('accesses', 'id', 'removed_at < $1 and applied_revision >= desired_revision and address is null'),
  devices: `delete from devices where id in (select d.id from devices d
    where d.revoked_at < $1 and not exists (select 1 from accesses a where a.device_id = d.id) limit $2)`,
  process_signs: byKey('process_signs', 'id', 'seen_at < $1'),
}

/**
 * Throws away what is older than its retention, in pages of a statement each, so that nobody waits for a lock. One run is
 * bounded; what is left goes the next night. Books and audit are never touched.
 */
export async function cleanUp({
  db,
  clock,
  policy,
}: Pick<ShopDeps, 'db' | 'clock' | 'policy'>): Promise<CleanUpReport> {
  const report: Partial<Record<RetentionTable, number>> = {}
  for (const table of retentionTables) {
    const before = addDays(clock.now(), -(policy.retentionDays[table] ?? retention[table].days))
    const statement = {
      name: `clean up ${table}`,
      text: `with gone as (${statements[table]} returning 1) select count(*)::int as count from gone`,
    }
    for (let page = 0; page < cleanUpPages; page++) {
      const [row] = await db.read<{ count: number }>(statement, [before, cleanUpPage])
      const count = row?.count ?? 0
      if (count > 0) report[table] = (report[table] ?? 0) + count
      if (count < cleanUpPage) break
    }
  }
  return report
}
