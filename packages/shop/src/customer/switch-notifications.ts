import { type EntityManager, type Json, sql } from '@vpn-kiosk/db'
import {
  type CustomerId,
  type NotificationSettings,
  type NotificationSwitch,
  notificationSwitches,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { wants } from '../notification/wants.ts'

export type SwitchedNotifications = Readonly<Record<NotificationSwitch, boolean>>

/**
 * Switches what a customer is told from now on; switches that are not named stay as they stood. Whoever wants no news is
 * taken out of the broadcasts that are being sent, too. Returns how all of them stand.
 */
export const switchNotifications = (
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  change: NotificationSettings,
): Promise<SwitchedNotifications> =>
  db.transaction(async (em) => {
    const { settings } = await em
      .getKysely()
      .updateTable('customers as c')
      .set({ notifications: sql<Json<NotificationSettings>>`${standing} || ${JSON.stringify(change)}::jsonb` })
      .where('c.id', '=', customerId)
      .returning(standing.as('settings'))
      .executeTakeFirstOrThrow()
    if (change.news === false) await leaveBroadcasts(em, customerId)
    return settings
  })

/** How all switches of the customer `c` stand. */
export const standing = sql<SwitchedNotifications>`jsonb_build_object(${sql.join(
  notificationSwitches.flatMap((which) => [sql.lit(which), wants(which)]),
)})`

/** The rows of the broadcasts are locked first, so that nobody is being written down meanwhile. */
async function leaveBroadcasts(em: EntityManager, customerId: CustomerId): Promise<void> {
  const db = em.getKysely()
  const running = await db
    .selectFrom('broadcasts')
    .select('id')
    .where('state', '=', sql.lit('running'))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  for (const { id } of running) {
    const { numDeletedRows } = await db
      .deleteFrom('broadcast_recipients')
      .where('broadcast_id', '=', id)
      .where('customer_id', '=', customerId)
      .where('state', '=', sql.lit('queued'))
      .executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) continue
    await db
      .updateTable('broadcasts')
      .set({ filled: sql<number>`filled - 1`, total: sql<number>`total - 1` })
      .where('id', '=', id)
      .execute()
  }
}
