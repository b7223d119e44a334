import { runStatement } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { requestMissingAccess } from './request-access.ts'

const page = 100
const mostPages = 20

type ServeWaitingDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

/**
 * Gives whatever room there is to those who have a running right and no place anywhere: who paid before who tries, the
 * oldest first. False when somebody still waits: then nobody else gets a place.
 */
export async function serveWaiting(deps: ServeWaitingDeps): Promise<boolean> {
  await forgetDelivered(deps)
  for (let pages = 0; pages < mostPages; pages++) {
    const rows = await deps.db.read<{ subscription_id: SubscriptionId }>(waitingStatement, [page])
    if (rows.length === 0) return true
    for (const { subscription_id: id } of rows) {
      const added = await deps.db.transaction((em) => requestMissingAccess(deps, em, id, deps.clock.now()))
      if (added.length === 0 && (await isWaiting(deps, id))) return false
    }
  }
  return false
}

const waitingStatement = {
  name: 'who waits for room',
  text: 'select subscription_id from pending_deliveries where awaits_room order by is_trial, since limit $1',
}

const isWaitingStatement = {
  name: 'whether one waits for room',
  text: 'select 1 from pending_deliveries where subscription_id = $1 and awaits_room',
}

const isWaiting = async ({ db }: Pick<ShopDeps, 'db'>, id: SubscriptionId): Promise<boolean> =>
  (await db.read(isWaitingStatement, [id])).length > 0

/** Rights that ended unseen, and whoever was served by a process that knows nothing of the list. */
const forgetDelivered = ({ db, clock }: ServeWaitingDeps) =>
  db.transaction((em) =>
    runStatement(
      em,
      `delete from pending_deliveries p using subscriptions s where s.id = p.subscription_id and (
         s.state <> 'active' or s.ends_at <= $1 or exists (
           select 1 from accesses a where a.subscription_id = p.subscription_id and a.removed_at is null
             and a.device_id is null and a.credentials is not null and a.applied_at > p.since
         ))`,
      [clock.now()],
    ),
  )
