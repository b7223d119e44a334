import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { DeviceId } from '@vpn-kiosk/domain'
import { queueCuts } from '../access/queue-access.ts'
import { requestShared } from '../access/request-shared.ts'
import { wishedAt } from '../access/wished-at.ts'
import type { ShopDeps } from '../deps.ts'

/**
 * Takes the keys of devices away, whose subscriptions the caller has locked; their addresses rest before somebody else
 * gets them, and the shared key gets their room. Where no more devices are left than the limit allows, there is nothing to choose any more.
 */
export async function revokeDevices(
  deps: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  ids: readonly DeviceId[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return
  const db = em.getKysely()
  const removed = await db
    .with('revoked', (cte) =>
      cte
        .updateTable('devices')
        .set({ revoked_at: now })
        .where('id', '=', anyOf(ids))
        .where('revoked_at', 'is', null)
        .returning('id as device_id'),
    )
    .updateTable('accesses as a')
    .from('revoked')
    .set({ ...wishedAt(now), removed_at: now })
    .whereRef('a.device_id', '=', 'revoked.device_id')
    .where('a.removed_at', 'is', null)
    .returning('a.id')
    .execute()
  await db
    .updateTable('subscriptions as s')
    .set({ surplus_closes_at: null })
    .where('s.id', 'in', (eb) =>
      eb.selectFrom('devices as o').select('o.subscription_id').where('o.id', '=', anyOf(ids)),
    )
    .where('s.surplus_closes_at', 'is not', null)
    .where(
      sql<boolean>`(select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) <= s.device_limit`,
    )
    .execute()
  await queueCuts(
    deps,
    em,
    removed.map(({ id }) => id),
  )
  const owners = await db
    .selectFrom('devices')
    .select('subscription_id as id')
    .distinct()
    .where('id', '=', anyOf(ids))
    .execute()
  await requestShared(
    deps,
    em,
    owners.map(({ id }) => id),
    now,
  )
}
