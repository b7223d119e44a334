import { sql } from '@vpn-kiosk/db'
import { addMs, isBefore, minuteMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { recall, remember } from '../setting/remember.ts'

/** Messages of tickets that wait so long are a matter for staff. */
const longestWaitMs = 10 * minuteMs

/**
 * Tells staff, once, that messages of tickets don't reach the other side, and once that they do again. `trouble` is
 * what Telegram refused last; null when nothing was refused.
 */
export async function reportOwedMessages(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  trouble: string | null,
): Promise<void> {
  const now = deps.clock.now()
  const { waiting, since } = await deps.db
    .getKysely()
    .selectFrom('ticket_messages')
    .select([sql<number>`count(*)::int`.as('waiting'), sql<Date | null>`min(created_at)`.as('since')])
    .where('settled_at', 'is', null)
    .where('author', 'in', ['customer', 'agent'])
    .executeTakeFirstOrThrow()
  const isStuck = since !== null && isBefore(since, addMs(now, -longestWaitMs))
  const isTold = (await recall<boolean>(deps, 'relay:stuck')) === true
  if (isStuck === isTold) return
  const notification = isStuck
    ? ({ kind: 'relay_stuck', waiting, since: since.toISOString(), trouble } as const)
    : ({ kind: 'relay_healed' } as const)
  // Told first: a crash in between tells it once more, into the same message.
  await deps.db.transaction((em) => notifyStaff(deps, em, notification, now))
  await remember(deps, 'relay:stuck', isStuck)
}
