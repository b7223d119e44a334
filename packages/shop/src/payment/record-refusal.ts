import { type EntityManager, sql } from '@vpn-kiosk/db'
import { addDays, cutText, type ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'

/** A refusal that was not heard for so long is news again. */
const quietDays = 1

/** Counts a provider's refusal, and tells staff of each sentence of each provider once: only a human can mend what it says. */
export async function recordRefusal(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  provider: ProviderId,
  message: string,
  of?: 'cards',
): Promise<void> {
  const sentence = cutText(message, 300)
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const count = await countRefusal(em, provider, withoutIds(sentence), now)
    if (count === 1)
      await notifyStaff(deps, em, { kind: 'provider_refused', provider, sentence, ...(of && { of }) }, now)
  })
}

/** Ids differ from one payment to the next; the reason is the same. */
const withoutIds = (sentence: string): string => sentence.replace(/[\w-]*\d{4,}[\w-]*/g, '…')

/** How often it was heard since it was last told, this time included. */
async function countRefusal(em: EntityManager, provider: ProviderId, reason: string, now: Date): Promise<number> {
  const isQuiet = sql<boolean>`provider_refusals.last_at < ${addDays(now, -quietDays)}`
  const { count } = await em
    .getKysely()
    .insertInto('provider_refusals')
    .values({ provider, reason, count: 1, first_at: now, last_at: now, told_at: now })
    .onConflict((conflict) =>
      conflict.columns(['provider', 'reason']).doUpdateSet({
        count: sql<number>`case when ${isQuiet} then 1 else provider_refusals.count + 1 end`,
        last_at: now,
        told_at: sql<Date>`case when ${isQuiet} then ${now}::timestamptz else provider_refusals.told_at end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return count
}
