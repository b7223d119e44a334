import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import { type AccessId, addMs, type EndpointId, removeAfterMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueCuts } from './queue-access.ts'
import { removedAt } from './wished-at.ts'

/** So many an endpoint each time: its panel has other work too. */
const page = 200

/**
 * Frees the places and addresses of subscriptions that expired some days ago; the endpoints delete their accounts. A
 * later renewal gets new ones. Returns how many accesses were removed.
 */
export async function removeExpiredAccesses({
  db,
  queue,
  clock,
}: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const rows = await removeAccesses(em, addMs(now, -removeAfterMs), now)
    const asked = rows.filter((row) => row.is_asked)
    await queueCuts(
      { queue },
      em,
      asked.map(({ id }) => id),
      { isSwept: true },
    )
    return rows.length
  })
}

/**
 * Whoever renews meanwhile has locked the access, and keeps it. As an array, because for a join Postgres expects a page of
 * every endpoint and reads the whole table.
 */
function removeAccesses(em: EntityManager, endedBefore: Date, now: Date) {
  const db = em.getKysely()
  const oldest = db
    .selectFrom('accesses as a')
    .select('a.id')
    .where('a.endpoint_id', '=', sql<EndpointId>`e.id`)
    .where('a.removed_at', 'is', null)
    .where('a.ended_at', '<=', endedBefore)
    .orderBy('a.ended_at')
    .limit(page)
    .forUpdate()
    .skipLocked()
  const ended = db.selectFrom('endpoints as e').crossJoinLateral(oldest.as('oldest')).select('oldest.id')
  return db
    .updateTable('accesses')
    .set(removedAt(now))
    .where('id', '=', anyOf(sql<AccessId[]>`array(${ended})`))
    .returning(['id', sql<boolean>`asked_at is not null`.as('is_asked')])
    .execute()
}
