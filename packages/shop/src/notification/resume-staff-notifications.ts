import { type EntityManager, type Given, prepared, sql } from '@vpn-kiosk/db'
import { addMs, dayMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** What is older says nothing of how the shop stands now. */
const freshMs = 7 * dayMs
/** More at once is not read. */
const most = 20

/**
 * Whoever writes to the admin bot can be written to again: the alerts that it could not tell them are queued once more,
 * at most 20 of the last seven days, the urgent and the latest first. The others are given up. Costs one read, as a
 * rule: safe to call with every update.
 */
export async function resumeStaffNotifications(
  { db, clock, queue }: Pick<ShopDeps, 'db' | 'clock' | 'queue'>,
  telegramId: bigint,
): Promise<void> {
  const person = telegramId.toString()
  const [latest] = await findLatest(db, { person })
  if (latest?.state !== 'unreachable') return
  await db.transaction(async (em) => {
    const now = clock.now()
    await queueAgain(em, person, now)
    await giveUpOthers(em, person, now)
    await queue.enqueue('tell-staff', {}, { transaction: em.getTransactionContext(), priority: 'urgent' })
  })
}

const findLatest = prepared((db, { person }: Given<{ person: string }>) =>
  db
    .selectFrom('staff_notifications')
    .select('state')
    .where('telegram_id', '=', person)
    .where('settled_at', 'is not', null)
    .orderBy('settled_at', 'desc')
    .limit(1),
)

const queueAgain = (em: EntityManager, person: string, now: Date) =>
  em
    .getKysely()
    .updateTable('staff_notifications as n')
    .set({ state: 'queued', next_attempt_at: now, attempts: 0, created_at: now, settled_at: null })
    .where('n.telegram_id', '=', person)
    .where('n.alert_id', 'in', (eb) =>
      eb
        .selectFrom('staff_notifications as missed')
        .select('missed.alert_id')
        .where('missed.telegram_id', '=', person)
        .where('missed.state', '=', sql.lit('unreachable'))
        .where('missed.settled_at', '>', addMs(now, -freshMs))
        .orderBy('missed.is_urgent', 'desc')
        .orderBy('missed.settled_at', 'desc')
        .limit(most),
    )
    .execute()

const giveUpOthers = (em: EntityManager, person: string, now: Date) =>
  em
    .getKysely()
    .updateTable('staff_notifications')
    .set({ state: 'failed', reason: 'could not be told in time', settled_at: now })
    .where('telegram_id', '=', person)
    .where('state', '=', sql.lit('unreachable'))
    .execute()
