import type { EntityManager } from '@vpn-kiosk/db'
import { addMs, type CustomerId, preparingAfterMs, type SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff, queueNotification } from '../notification/queue-notification.ts'
import { countUndelivered, type UndeliveredCause } from '../operation/count-undelivered.ts'

const page = 500

interface Waiting {
  readonly subscription_id: SubscriptionId
  readonly customer_id: CustomerId
  readonly key: string
}

/**
 * After five minutes each customer reads "being prepared", and staff are told once for each cause, with how many wait
 * and how long: whoever can help needs the trouble, not the names.
 */
export async function speakOfDelays(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<void> {
  const now = deps.clock.now()
  const rows = await deps.db.read<Waiting>(waitingStatement, [addMs(now, -preparingAfterMs), page])
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
    await tellOfCauses(deps, em, causes, now)
  })
}

/** Tells staff of each trouble that customers wait for. */
export async function tellOfCauses(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  causes: readonly UndeliveredCause[],
  now: Date,
): Promise<void> {
  for (const { serverName, reason, count, oldestMs } of causes) {
    const since = addMs(now, -oldestMs).toISOString()
    await notifyStaff(deps, em, { kind: 'access_stuck', serverName, reason, count, since }, now)
  }
}

const waitingStatement = {
  name: 'customers who wait too long',
  text: `select n.subscription_id, n.customer_id, n.key from notifications n where n.state = 'held' and n.created_at <= $1
     and not exists (select 1 from notifications p where p.key = 'preparing:' || n.key) order by n.created_at limit $2`,
}
