import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { AccessId, DeviceId, SubscriptionId } from '@vpn-kiosk/domain'
import { nudgeCuts } from '../access/nudge.ts'
import { requestShared } from '../access/request-shared.ts'
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
  // Counted up by the database: a wish that is stated at the same time must not hide this one.
  const removed = await runStatement<{ id: AccessId }>(
    em,
    `with revoked as (
       update devices set revoked_at = $1 where id = any($2) and revoked_at is null returning id
     )
     update accesses a set removed_at = $1, desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $1
     from revoked where a.device_id = revoked.id and a.removed_at is null returning a.id`,
    [now, ids],
  )
  await runStatement(
    em,
    `update subscriptions s set surplus_closes_at = null
     where s.id in (select subscription_id from devices where id = any($1)) and s.surplus_closes_at is not null
       and (select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) <= s.device_limit`,
    [ids],
  )
  await nudgeCuts(
    deps,
    em,
    removed.map(({ id }) => id),
  )
  const owners = await runStatement<{ id: SubscriptionId }>(
    em,
    'select distinct subscription_id as id from devices where id = any($1)',
    [ids],
  )
  await requestShared(
    deps,
    em,
    owners.map(({ id }) => id),
    now,
  )
}
