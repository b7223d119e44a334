import { sql } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import { queueNotification } from '../notification/queue-notification.ts'
import { lockSubscription } from '../subscription/stretch-queue.ts'
import { endFreeze } from './end-freeze.ts'
import type { UnfreezeDeps } from './unfreeze-subscription.ts'

const page = 200

/** Ends the freezes whose longest time is over, one after another, and tells the customers. Returns how many. */
export async function endFreezes(deps: UnfreezeDeps): Promise<number> {
  let total = 0
  for (let found = page; found === page; ) {
    const due = await listDue(deps)
    for (const { id } of due) if (await end(deps, id)) total += 1
    found = due.length
  }
  return total
}

const listDue = ({ db, clock }: UnfreezeDeps) =>
  db
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('state', '=', sql.lit('frozen'))
    .where('stretch_starts_at', '<=', clock.now())
    .orderBy('stretch_starts_at')
    .limit(page)
    .execute()

const end = (deps: UnfreezeDeps, id: SubscriptionId): Promise<boolean> =>
  deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const subscription = await lockSubscription(em, id)
    if (subscription?.state !== 'frozen') return false
    const { customerId } = subscription
    if (!(await endFreeze(deps, em, subscription, now))) return true
    const notification = { kind: 'freeze_ended', subscriptionId: id } as const
    const key = `freeze_ended:${id}:${now.getTime()}`
    await queueNotification(deps, em, { customerId, key, notification }, now)
    return true
  })
