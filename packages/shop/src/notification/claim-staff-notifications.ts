import { sql } from '@vpn-kiosk/db'
import { addMs, type Id, type Language, longestPostponementMs, minuteMs, type StaffAlert } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { spokenLanguage } from '../staff/spoken-language.ts'

/** One alert to be told to one person, or told again because it has changed. */
export interface StaffNotificationToSend {
  readonly alertId: Id<'alert'>
  readonly telegramId: bigint
  /** The language they speak to the shop's bots in, where one is known. */
  readonly language: Language | null
  readonly alert: {
    /** The latest of them. */
    readonly content: StaffAlert
    /** Whether it gathers many causes of one kind. */
    readonly isMany: boolean
    readonly count: number
    readonly firstAt: Date
    readonly overAt: Date | null
  }
  /** What is told by this. */
  readonly revision: number
  readonly attempts: number
  /** The message that is there already and is to be edited. */
  readonly message: { readonly botId: bigint; readonly chatId: bigint; readonly messageId: number } | null
}

const leaseMs = 2 * minuteMs

/**
 * What is due, at most one for each person, for the caller alone: whoever rests or refuses holds nobody else up. What
 * is not settled within two minutes is claimed again, because an alarm heard twice is better than one never heard.
 */
export async function claimStaffNotifications({
  db,
  clock,
}: Pick<ShopDeps, 'db' | 'clock'>): Promise<StaffNotificationToSend[]> {
  const now = clock.now()
  await takeUpPostponed(db, now)
  return (await claimDue(db, now)).map(toSend)
}

/** What was put off, or claimed, while the clock was ahead would wait until then. */
const takeUpPostponed = (db: ShopDeps['db'], now: Date) =>
  db
    .getKysely()
    .updateTable('staff_notifications')
    .set({ next_attempt_at: now, leased_until: null })
    .where('next_attempt_at', 'is not', null)
    .where(sql<boolean>`greatest(next_attempt_at, leased_until) > ${addMs(now, longestPostponementMs)}`)
    .execute()

const claimDue = (db: ShopDeps['db'], now: Date) =>
  db
    .getKysely()
    .with('due', (cte) =>
      cte
        .selectFrom('staff_notifications as n')
        .distinctOn('n.telegram_id')
        .select(['n.alert_id', 'n.telegram_id'])
        .where('n.next_attempt_at', '<=', now)
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('staff_notifications as o')
                .select('o.alert_id')
                .whereRef('o.telegram_id', '=', 'n.telegram_id')
                .where('o.next_attempt_at', 'is not', null)
                .where('o.leased_until', '>', now),
            ),
          ),
        )
        .orderBy('n.telegram_id')
        .orderBy('n.is_urgent', 'desc')
        .orderBy('n.next_attempt_at'),
    )
    .updateTable('staff_notifications as n')
    .from(['due', 'alerts as a'])
    .set((eb) => ({ leased_until: addMs(now, leaseMs), attempts: eb('n.attempts', '+', 1) }))
    .whereRef('n.alert_id', '=', 'due.alert_id')
    .whereRef('n.telegram_id', '=', 'due.telegram_id')
    .whereRef('a.id', '=', 'n.alert_id')
    .where('n.next_attempt_at', '<=', now)
    .where((eb) => eb.or([eb('n.leased_until', 'is', null), eb('n.leased_until', '<=', now)]))
    .returning(['n.alert_id', 'n.telegram_id', 'n.attempts', 'n.bot_id', 'n.chat_id', 'n.message_id'])
    .returning(['a.cause', 'a.content', 'a.count', 'a.first_at', 'a.over_at', 'a.revision'])
    .returning(spokenLanguage(sql.ref('n.telegram_id')).as('language'))
    .execute()

type Row = Awaited<ReturnType<typeof claimDue>>[number]

const toSend = (row: Row): StaffNotificationToSend => ({
  alertId: row.alert_id,
  telegramId: BigInt(row.telegram_id),
  language: row.language,
  alert: {
    content: row.content,
    isMany: row.cause.startsWith('many:'),
    count: row.count,
    firstAt: row.first_at,
    overAt: row.over_at,
  },
  revision: row.revision,
  attempts: row.attempts,
  message:
    row.bot_id === null || row.chat_id === null || row.message_id === null
      ? null
      : { botId: BigInt(row.bot_id), chatId: BigInt(row.chat_id), messageId: row.message_id },
})
