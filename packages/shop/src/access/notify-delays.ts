import { sql } from '@vpn-kiosk/db'
import { addMs, preparingAfterMs, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { countUndelivered } from '../operation/count-undelivered.ts'
import { notifyCauses } from './notify-causes.ts'

const page = 500

/**
 * After five minutes each customer is told "being prepared". Staff are told once for each cause, with how many wait and
 * since when.
 */
export async function notifyDelays(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<void> {
  const now = deps.clock.now()
  const rows = await listWaiting(deps, addMs(now, -preparingAfterMs))
  if (rows.length === 0) return
  const { causes } = await countUndelivered(deps)
  await deps.db.transaction(async (em) => {
    let isNew = false
    for (const { subscription_id: subscriptionId, customer_id: customerId, key } of rows) {
      const notification = { kind: 'preparing', subscriptionId } as const
      // Another sweep may just have spoken.
      if (await queueNotification(deps, em, { customerId, key: `preparing:${key}`, notification: notification }, now))
        isNew = true
    }
    if (!isNew) return
    await notifyCauses(deps, em, causes, now)
  })
}

/** Customers whose notification has waited since then and who were not told so yet. */
const listWaiting = ({ db }: Pick<ShopDeps, 'db'>, since: Date) =>
  db
    .getKysely()
    .selectFrom('notifications as n')
    .select(['n.subscription_id', 'n.customer_id', 'n.key'])
    .where('n.state', '=', sql.lit('held'))
    .where('n.subscription_id', 'is not', null)
    .$narrowType<{ subscription_id: SubscriptionId }>()
    .where('n.created_at', '<=', since)
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom('notifications as p').select('p.id').where(sql<boolean>`p.key = 'preparing:' || n.key`))),
    )
    .orderBy('n.created_at')
    .limit(page)
    .execute()
