import { sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** In how many milliseconds the next notification of staff is due, 0 when one is; null when nothing waits. */
export async function getStaffNotificationDelay({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<number | null> {
  const { at } = await db
    .getKysely()
    .selectFrom('staff_notifications')
    .select(sql<Date | null>`min(greatest(next_attempt_at, leased_until))`.as('at'))
    .where('next_attempt_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return at ? Math.max(0, at.getTime() - clock.now().getTime()) : null
}
