import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { addMs, type Id, minuteMs, type StaffAlert, staffTelling, toStorableJson } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { listStaffIds } from '../staff/list-staff-ids.ts'
import { type Alert, createAlertBook, manyOf, type NewEvent } from './alert-book.ts'

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'checkpoint'>

const page = 500
/** Messages that change often are edited at most so often. */
export const editEveryMs = 3000

/**
 * Counts what has happened in the alerts that staff read, one for each cause, and notes whom each has to be told to.
 * Returns how many events it took. One at a time does this, whoever asks.
 */
export async function gatherStaffNotifications(deps: Deps): Promise<number> {
  return deps.db.transaction(async (em) => {
    await runStatement(em, `select pg_advisory_xact_lock(hashtext('gather_staff_notifications'))`, [])
    const events = await readEvents(em)
    if (events.length === 0) return 0
    const now = deps.clock.now()
    const book = createAlertBook(await readAlerts(em, events), await countRecent(em, events, now))
    for (const event of events) book.take(event)
    await writeAlerts(em, book.changed())
    await writeNotifications(deps, em, book.created(), now)
    await askForEdits(
      em,
      book.changed().map(({ id }) => id),
      now,
    )
    const taken = book.taken()
    await runStatement(
      em,
      `update alert_events e set alert_id = t.alert_id from unnest($1::bigint[], $2::text[]) as t (id, alert_id) where e.id = t.id`,
      [taken.map(({ eventId }) => eventId), taken.map(({ alertId }) => alertId)],
    )
    deps.checkpoint('staff:before-commit')
    return events.length
  })
}

async function readEvents(em: EntityManager): Promise<NewEvent[]> {
  const rows = await runStatement<{
    id: string
    cause: string
    window_ms: number
    ends: string | null
    content: StaffAlert
    created_at: Date | string
  }>(
    em,
    `select id, cause, window_ms, ends, content, created_at from alert_events where alert_id is null order by id limit $1`,
    [page],
  )
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    windowMs: row.window_ms,
    ends: row.ends,
    content: row.content,
    at: new Date(row.created_at),
  }))
}

/** The latest alert of each cause that the events may join or end. */
async function readAlerts(em: EntityManager, events: readonly NewEvent[]): Promise<Alert[]> {
  const causes = events.flatMap(({ cause, ends, content: notification }) => [
    cause,
    manyOf(notification.kind),
    ...(ends ? [ends] : []),
  ])
  const rows = await runStatement<{
    id: Id<'alert'>
    cause: string
    content: StaffAlert
    count: number
    window_ms: number
    first_at: Date | string
    last_at: Date | string
    over_at: Date | string | null
    revision: number
  }>(
    em,
    `select distinct on (cause) id, cause, content, count, window_ms, first_at, last_at, over_at, revision
     from alerts where cause = any($1) order by cause, first_at desc`,
    [[...new Set(causes)]],
  )
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    content: row.content,
    count: row.count,
    windowMs: row.window_ms,
    firstAt: new Date(row.first_at),
    lastAt: new Date(row.last_at),
    overAt: row.over_at ? new Date(row.over_at) : null,
    revision: row.revision,
  }))
}

/** How many alerts of each kind began in the last minute. */
async function countRecent(
  em: EntityManager,
  events: readonly NewEvent[],
  now: Date,
): Promise<Map<StaffAlert['kind'], number>> {
  const kinds = [...new Set(events.map(({ content: notification }) => notification.kind))]
  const rows = await runStatement<{ kind: StaffAlert['kind']; count: number }>(
    em,
    `select kind, count(*)::int as count from alerts where kind = any($1) and first_at > $2 group by kind`,
    [kinds, addMs(now, -minuteMs)],
  )
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}

const writeAlerts = (em: EntityManager, alerts: readonly Alert[]) =>
  runStatement(
    em,
    `insert into alerts (id, cause, kind, content, count, window_ms, first_at, last_at, over_at, revision)
     select id, cause, content ->> 'kind', content, count, "windowMs", "firstAt", "lastAt", "overAt", revision
     from jsonb_to_recordset($1::jsonb) as alert (id text, cause text, content jsonb, count int, "windowMs" int,
       "firstAt" timestamptz, "lastAt" timestamptz, "overAt" timestamptz, revision int)
     on conflict (id) do update set content = excluded.content, count = excluded.count, last_at = excluded.last_at,
       over_at = excluded.over_at, revision = excluded.revision`,
    [toStorableJson(alerts)],
  )

/** One for each person who hears of the kind. */
async function writeNotifications(deps: Deps, em: EntityManager, alerts: readonly Alert[], now: Date): Promise<void> {
  for (const { id, content: notification } of alerts) {
    const telling = staffTelling[notification.kind]
    const telegramIds = await listStaffIds(deps, em, telling.roles)
    await runStatement(
      em,
      `insert into staff_notifications (alert_id, telegram_id, state, is_urgent, next_attempt_at, attempts, told_revision, created_at)
       select $1, telegram_id, 'queued', $3, $4, 0, 0, $4 from unnest($2::bigint[]) as people (telegram_id) on conflict do nothing`,
      [id, telegramIds.map(String), telling.isUrgent, now],
    )
  }
}

/** Who has a message reads the change in it, a little later, so that many changes are one edit. */
const askForEdits = (em: EntityManager, alertIds: readonly string[], now: Date) =>
  runStatement(
    em,
    `update staff_notifications set next_attempt_at = $2, attempts = 0
     where alert_id = any($1) and state = 'sent' and message_id is not null and next_attempt_at is null`,
    [alertIds, addMs(now, editEveryMs)],
  )
