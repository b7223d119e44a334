import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { EndpointId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueCuts } from './queue-access.ts'
import { removedAt } from './wished-at.ts'

/**
 * Removes the access that expired longest ago on one of these endpoints, which the caller has locked. Returns the
 * endpoint that has a free place now; null when no access there has expired.
 */
export async function freeExpiredPlace(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  endpointIds: readonly EndpointId[],
  now: Date,
): Promise<EndpointId | null> {
  for (const find of [findMarked, findOverdue]) {
    const freed = await removeOne(em, find(em, endpointIds, now), now)
    if (!freed) continue
    if (freed.is_asked) await queueCuts(deps, em, [freed.id])
    return freed.endpoint_id
  }
  return null
}

const removeOne = (em: EntityManager, ended: ReturnType<typeof findMarked>, now: Date) =>
  em
    .getKysely()
    .with('ended', () => ended)
    .updateTable('accesses as a')
    .from('ended')
    .set(removedAt(now))
    .whereRef('a.id', '=', 'ended.ended_id')
    .returning(['a.id', 'a.endpoint_id', sql<boolean>`a.asked_at is not null`.as('is_asked')])
    .executeTakeFirst()

/** A renewal under way has locked its access, which is left out. */
const findMarked = (em: EntityManager, endpointIds: readonly EndpointId[], now: Date) => {
  const db = em.getKysely()
  const oldest = db
    .selectFrom('accesses as a')
    .select('a.id')
    .where('a.endpoint_id', '=', sql<EndpointId>`place.id`)
    .where('a.removed_at', 'is', null)
    .where('a.ended_at', '<=', now)
    .orderBy('a.ended_at')
    .limit(20)
  const places = sql<{ id: EndpointId }>`unnest(${endpointIds}::text[])`.as<'place'>(sql`place (id)`)
  return db
    .selectFrom('accesses as a')
    .select('a.id as ended_id')
    .where('a.id', 'in', db.selectFrom(places).crossJoinLateral(oldest.as('oldest')).select('oldest.id'))
    .where('a.removed_at', 'is', null)
    .where('a.ended_at', '<=', now)
    .orderBy('a.ended_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
}

/** Their time is over, though nobody has written that down yet. */
const findOverdue = (em: EntityManager, endpointIds: readonly EndpointId[], now: Date) =>
  em
    .getKysely()
    .selectFrom('subscriptions as s')
    .innerJoin('accesses as a', 'a.subscription_id', 's.id')
    .select('a.id as ended_id')
    .where('s.state', '=', sql.lit('active'))
    .where('s.ends_at', '<=', now)
    .where('a.endpoint_id', '=', anyOf(endpointIds))
    .where('a.removed_at', 'is', null)
    .orderBy('s.ends_at')
    .limit(1)
    .forUpdate(['s', 'a'])
    .skipLocked()
