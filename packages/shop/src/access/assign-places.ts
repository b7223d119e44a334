import { sql } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { requestMissingAccess } from './request-access.ts'

const page = 100
const mostPages = 20

type ServeWaitingDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

/**
 * Gives free places to running subscriptions without any access: paid ones before trials, the oldest first. False when
 * some still wait: then nobody else gets a place.
 */
export async function assignPlaces(deps: ServeWaitingDeps): Promise<boolean> {
  await forgetDelivered(deps)
  for (let pages = 0; pages < mostPages; pages++) {
    const rows = await listWaiting(deps)
    if (rows.length === 0) return true
    for (const { subscription_id: id } of rows) {
      const added = await deps.db.transaction((em) => requestMissingAccess(deps, em, id, deps.clock.now()))
      if (added.length === 0 && (await isWaiting(deps, id))) return false
    }
  }
  return false
}

const listWaiting = ({ db }: ServeWaitingDeps) =>
  db
    .getKysely()
    .selectFrom('pending_deliveries')
    .select('subscription_id')
    .where('awaits_room', '=', sql.lit(true))
    .orderBy('is_trial')
    .orderBy('since')
    .limit(page)
    .execute()

async function isWaiting({ db }: Pick<ShopDeps, 'db'>, id: SubscriptionId): Promise<boolean> {
  const row = await db
    .getKysely()
    .selectFrom('pending_deliveries')
    .select('awaits_room')
    .where('subscription_id', '=', id)
    .executeTakeFirst()
  return row?.awaits_room === true
}

/** Removes from the list what expired meanwhile, and what a process of an older version has served. Again after a deadlock. */
const forgetDelivered = ({ db, clock }: ServeWaitingDeps) =>
  db.transaction((em) =>
    em
      .getKysely()
      .deleteFrom('pending_deliveries as p')
      .using('subscriptions as s')
      .whereRef('s.id', '=', 'p.subscription_id')
      .where((eb) =>
        eb.or([
          eb('s.state', '<>', 'active'),
          eb('s.ends_at', '<=', clock.now()),
          eb.exists(
            eb
              .selectFrom('accesses as a')
              .select('a.id')
              .whereRef('a.subscription_id', '=', 'p.subscription_id')
              .where('a.removed_at', 'is', null)
              .where('a.device_id', 'is', null)
              .where('a.credentials', 'is not', null)
              .whereRef('a.applied_at', '>', 'p.since'),
          ),
        ]),
      )
      .execute(),
  )
