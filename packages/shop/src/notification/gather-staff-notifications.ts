import { anyOf, type EntityManager, type Json, sql, toJson } from '@vpn-kiosk/db'
import { addMs, type Id, minuteMs, type StaffAlert, staffTelling } from '@vpn-kiosk/domain'
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
    await sql`select pg_advisory_xact_lock(hashtext('gather_staff_notifications'))`.execute(em.getKysely())
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
    await markTaken(em, book.taken())
    deps.checkpoint('staff:before-commit')
    return events.length
  })
}

async function readEvents(em: EntityManager): Promise<NewEvent[]> {
  const rows = await em
    .getKysely()
    .selectFrom('alert_events')
    .select(['id', 'cause', 'window_ms', 'ends', 'content', 'created_at'])
    .where('alert_id', 'is', null)
    .orderBy('id')
    .limit(page)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    windowMs: row.window_ms,
    ends: row.ends,
    content: row.content,
    at: row.created_at,
  }))
}

/** The latest alert of each cause that the events may join or end. */
async function readAlerts(em: EntityManager, events: readonly NewEvent[]): Promise<Alert[]> {
  const causes = events.flatMap(({ cause, ends, content: notification }) => [
    cause,
    manyOf(notification.kind),
    ...(ends ? [ends] : []),
  ])
  const rows = await em
    .getKysely()
    .selectFrom('alerts')
    .distinctOn('cause')
    .select(['id', 'cause', 'content', 'count', 'window_ms', 'first_at', 'last_at', 'over_at', 'revision'])
    .where('cause', '=', anyOf([...new Set(causes)]))
    .orderBy('cause')
    .orderBy('first_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    content: row.content,
    count: row.count,
    windowMs: row.window_ms,
    firstAt: row.first_at,
    lastAt: row.last_at,
    overAt: row.over_at,
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
  const rows = await em
    .getKysely()
    .selectFrom('alerts')
    .select(['kind', sql<number>`count(*)::int`.as('count')])
    .where('kind', '=', anyOf(kinds))
    .where('first_at', '>', addMs(now, -minuteMs))
    .groupBy('kind')
    .execute()
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}

const alertRecord = sql`alert (id text, cause text, content jsonb, count int, "windowMs" int, "firstAt" timestamptz,
  "lastAt" timestamptz, "overAt" timestamptz, revision int)`

const writeAlerts = (em: EntityManager, alerts: readonly Alert[]) =>
  em
    .getKysely()
    .insertInto('alerts')
    .columns(['id', 'cause', 'kind', 'content', 'count', 'window_ms', 'first_at', 'last_at', 'over_at', 'revision'])
    .expression((eb) =>
      eb
        .selectFrom(sql<Alert>`jsonb_to_recordset(${toJson(alerts)}::jsonb)`.as<'alert'>(alertRecord))
        .select(['alert.id', 'alert.cause', sql`alert.content ->> 'kind'`.as('kind'), 'alert.content', 'alert.count'])
        .select(['alert.windowMs', 'alert.firstAt', 'alert.lastAt', 'alert.overAt', 'alert.revision']),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        content: sql<Json<StaffAlert>>`excluded.content`,
        count: eb.ref('excluded.count'),
        last_at: eb.ref('excluded.last_at'),
        over_at: eb.ref('excluded.over_at'),
        revision: eb.ref('excluded.revision'),
      })),
    )
    .execute()

/** One for each person who hears of the kind. */
async function writeNotifications(deps: Deps, em: EntityManager, alerts: readonly Alert[], now: Date): Promise<void> {
  for (const { id, content: notification } of alerts) {
    const telling = staffTelling[notification.kind]
    const telegramIds = await listStaffIds(deps, em, telling.roles)
    if (telegramIds.length === 0) continue
    await em
      .getKysely()
      .insertInto('staff_notifications')
      .columns([
        'alert_id',
        'telegram_id',
        'state',
        'is_urgent',
        'next_attempt_at',
        'attempts',
        'told_revision',
        'created_at',
      ])
      .expression((eb) =>
        eb
          .selectFrom(
            sql<{ telegram_id: string }>`unnest(${telegramIds}::bigint[])`.as<'people'>(sql`people (telegram_id)`),
          )
          .select([
            sql`${id}::text`.as('alert_id'),
            'people.telegram_id',
            sql.lit('queued').as('state'),
            sql`${telling.isUrgent}::boolean`.as('is_urgent'),
            sql`${now}::timestamptz`.as('next_attempt_at'),
            sql.lit(0).as('attempts'),
            sql.lit(0).as('told_revision'),
            sql`${now}::timestamptz`.as('created_at'),
          ]),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Who has a message reads the change in it, a little later, so that many changes are one edit. */
const askForEdits = (em: EntityManager, alertIds: readonly Id<'alert'>[], now: Date) =>
  em
    .getKysely()
    .updateTable('staff_notifications')
    .set({ next_attempt_at: addMs(now, editEveryMs), attempts: 0 })
    .where('alert_id', '=', anyOf(alertIds))
    .where('state', '=', 'sent')
    .where('message_id', 'is not', null)
    .where('next_attempt_at', 'is', null)
    .execute()

const markTaken = (em: EntityManager, taken: readonly { readonly eventId: string; readonly alertId: Id<'alert'> }[]) =>
  em
    .getKysely()
    .updateTable('alert_events as e')
    .from(
      sql<{ id: string; alert_id: Id<'alert'> }>`
        unnest(${taken.map((one) => one.eventId)}::bigint[], ${taken.map((one) => one.alertId)}::text[])`.as<'t'>(
        sql`t (id, alert_id)`,
      ),
    )
    .set((eb) => ({ alert_id: eb.ref('t.alert_id') }))
    .whereRef('e.id', '=', 't.id')
    .execute()
