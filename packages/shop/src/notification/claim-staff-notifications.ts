import { runStatement } from '@vpn-kiosk/db'
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

interface Row {
  readonly alert_id: Id<'alert'>
  readonly telegram_id: string
  readonly attempts: number
  readonly bot_id: string | null
  readonly chat_id: string | null
  readonly message_id: number | null
  readonly cause: string
  readonly content: StaffAlert
  readonly count: number
  readonly first_at: Date | string
  readonly over_at: Date | string | null
  readonly revision: number
  readonly language: Language | null
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
  await runStatement(db.em(), postponedStatement, [now, addMs(now, longestPostponementMs)])
  const rows = await runStatement<Row>(
    db.em(),
    `with due as (
       select distinct on (n.telegram_id) n.alert_id, n.telegram_id from staff_notifications n
       where n.next_attempt_at <= $1 and not exists (
         select 1 from staff_notifications o
         where o.telegram_id = n.telegram_id and o.next_attempt_at is not null and o.leased_until > $1
       ) order by n.telegram_id, n.is_urgent desc, n.next_attempt_at
     )
     update staff_notifications n set leased_until = $2, attempts = n.attempts + 1 from due, alerts a
     where n.alert_id = due.alert_id and n.telegram_id = due.telegram_id and a.id = n.alert_id
       and n.next_attempt_at <= $1 and (n.leased_until is null or n.leased_until <= $1)
     returning n.alert_id, n.telegram_id, n.attempts, n.bot_id, n.chat_id, n.message_id, a.cause, a.content, a.count, a.first_at,
       a.over_at, a.revision, ${spokenLanguage('n.telegram_id')} as language`,
    [now, addMs(now, leaseMs)],
  )
  return rows.map(toSend)
}

/** What was put off, or claimed, while the clock was ahead would wait until then. */
const postponedStatement = `
  update staff_notifications set next_attempt_at = $1, leased_until = null
  where next_attempt_at is not null and greatest(next_attempt_at, leased_until) > $2`

const toSend = (row: Row): StaffNotificationToSend => ({
  alertId: row.alert_id,
  telegramId: BigInt(row.telegram_id),
  language: row.language,
  alert: {
    content: row.content,
    isMany: row.cause.startsWith('many:'),
    count: row.count,
    firstAt: new Date(row.first_at),
    overAt: row.over_at ? new Date(row.over_at) : null,
  },
  revision: row.revision,
  attempts: row.attempts,
  message:
    row.bot_id === null || row.chat_id === null || row.message_id === null
      ? null
      : { botId: BigInt(row.bot_id), chatId: BigInt(row.chat_id), messageId: row.message_id },
})

/** In how many milliseconds the next one is due, 0 when one is; null when nothing waits. */
export async function staffNotificationDueInMs({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<number | null> {
  const [row] = await runStatement<{ at: Date | string | null }>(
    db.em(),
    `select min(greatest(next_attempt_at, leased_until)) as at from staff_notifications where next_attempt_at is not null`,
    [],
  )
  return row?.at ? Math.max(0, new Date(row.at).getTime() - clock.now().getTime()) : null
}
