import { type Statements, sql } from '@vpn-kiosk/db'
import { addDays, cleanUpPage, cleanUpPages, type RetentionTable, retention, retentionTables } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** How many rows of each table were thrown away; a table without any is absent. */
export type CleanUpReport = Readonly<Partial<Record<RetentionTable, number>>>

interface Page {
  readonly db: Statements
  /** What is older goes. */
  readonly before: Date
}

interface Deletes {
  execute(): Promise<{ readonly numDeletedRows: bigint }[]>
}

/** At most a page of rows of each table. Each goes by an index. */
const deletions: Readonly<Record<RetentionTable, (page: Page) => Deletes>> = {
  notifications: ({ db, before }) => {
    const isOver = sql<boolean>`state in ('sent', 'unreachable', 'outdated', 'failed')`
    const old = db.selectFrom('notifications').select('id').where(isOver).where('created_at', '<', before)
    return db.deleteFrom('notifications').where('id', 'in', old.limit(cleanUpPage))
  },
  alerts: ({ db, before }) => {
    const old = db.selectFrom('alerts').select('id').where('last_at', '<', before)
    return db.deleteFrom('alerts').where('id', 'in', old.limit(cleanUpPage))
  },
  payment_webhooks: ({ db, before }) => {
    const old = db.selectFrom('payment_webhooks').select('id').where('handled_at', '<', before)
    return db.deleteFrom('payment_webhooks').where('id', 'in', old.limit(cleanUpPage))
  },
  payment_messages: ({ db, before }) => {
    const old = db.selectFrom('payment_messages').select(['bot_id', 'chat_id', 'message_id'])
    return db
      .deleteFrom('payment_messages')
      .where(({ eb, refTuple }) =>
        eb(
          refTuple('bot_id', 'chat_id', 'message_id'),
          'in',
          old.where('shown_at', '<', before).limit(cleanUpPage).$asTuple('bot_id', 'chat_id', 'message_id'),
        ),
      )
  },
  provider_refusals: ({ db, before }) => {
    const old = db.selectFrom('provider_refusals').select(['provider', 'reason']).where('last_at', '<', before)
    return db
      .deleteFrom('provider_refusals')
      .where(({ eb, refTuple }) =>
        eb(refTuple('provider', 'reason'), 'in', old.limit(cleanUpPage).$asTuple('provider', 'reason')),
      )
  },
  activities: (page) => deleteByNumber('activities', page),
  server_stats: (page) => deleteByNumber('server_stats', page),
  broadcast_recipients: ({ db, before }) => {
    const old = db
      .selectFrom('broadcasts as b')
      .innerJoin('broadcast_recipients as r', 'r.broadcast_id', 'b.id')
      .select(['r.broadcast_id', 'r.customer_id'])
      .where('b.finished_at', '<', before)
      .limit(cleanUpPage)
    return db
      .deleteFrom('broadcast_recipients')
      .where(({ eb, refTuple }) =>
        eb(refTuple('broadcast_id', 'customer_id'), 'in', old.$asTuple('broadcast_id', 'customer_id')),
      )
  },
  broadcast_watches: ({ db, before }) => {
    const old = db.selectFrom('broadcast_watches').select(['bot_id', 'chat_id', 'message_id'])
    return db
      .deleteFrom('broadcast_watches')
      .where(({ eb, refTuple }) =>
        eb(
          refTuple('bot_id', 'chat_id', 'message_id'),
          'in',
          old.where('created_at', '<', before).limit(cleanUpPage).$asTuple('bot_id', 'chat_id', 'message_id'),
        ),
      )
  },
  accesses: ({ db, before }) => {
    const old = db
      .selectFrom('accesses')
      .select('id')
      .where('removed_at', '<', before)
      .whereRef('applied_revision', '>=', 'desired_revision')
      .where('address', 'is', null)
    return db.deleteFrom('accesses').where('id', 'in', old.limit(cleanUpPage))
  },
  devices: ({ db, before }) => {
    const old = db
      .selectFrom('devices as d')
      .select('d.id')
      .where('d.revoked_at', '<', before)
      .where(sql<boolean>`not exists (select 1 from accesses a where a.device_id = d.id)`)
    return db.deleteFrom('devices').where('id', 'in', old.limit(cleanUpPage))
  },
  saved_cards: ({ db, before }) => {
    const old = db.selectFrom('saved_cards').select('id').where('removed_at', '<', before)
    return db.deleteFrom('saved_cards').where('id', 'in', old.limit(cleanUpPage))
  },
  process_signs: ({ db, before }) => {
    const old = db.selectFrom('process_signs').select('id').where('seen_at', '<', before)
    return db.deleteFrom('process_signs').where('id', 'in', old.limit(cleanUpPage))
  },
}

/** The oldest rows come first by their number; what is young ends the page. */
function deleteByNumber(table: 'activities' | 'server_stats', { db, before }: Page): Deletes {
  const oldest = db.selectFrom(table).select(['id', 'at']).orderBy('id').limit(cleanUpPage)
  return db
    .deleteFrom(table)
    .where('id', 'in', db.selectFrom(oldest.as('oldest')).select('oldest.id').where('oldest.at', '<', before))
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
    for (let page = 0; page < cleanUpPages; page++) {
      const [done] = await deletions[table]({ db: db.getKysely(), before }).execute()
      const count = Number(done?.numDeletedRows ?? 0)
      if (count > 0) report[table] = (report[table] ?? 0) + count
      if (count < cleanUpPage) break
    }
  }
  return report
}
