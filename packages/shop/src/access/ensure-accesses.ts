import { sql } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { sharedDrivers } from '../server/devices-only.ts'
import { recall, remember } from '../setting/remember.ts'
import { requestMissingAccess } from './request-access.ts'

/**
 * A million subscriptions are looked at in half a day. Those that wait for room are in a list that is looked at first.
 */
const page = 400
const key = 'check:deliveries'

/**
 * Looks at the next page of subscriptions, round and round, for running ones without any access that are in no list, and
 * for devices without a key. Whatever the reason, those get what they lack.
 */
export async function ensureAccesses(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>,
): Promise<void> {
  const { db, clock } = deps
  const after = (await recall<{ readonly after?: string }>(deps, key))?.after ?? ''
  const rows = await listPage(deps, after)
  for (const { id, is_lacking } of rows)
    if (is_lacking) await db.transaction((em) => requestMissingAccess(deps, em, id, clock.now()))
  const next = rows.length < page ? '' : rows.at(-1)!.id
  if (next !== after) await remember(deps, key, { after: next })
}

/** SQL: the subscription `s` has no shared access that works and waits in no list, or a device of it has no access. */
const isUnserved = sql<boolean>`(
  (shop.is_shared and not exists (select 1 from pending_deliveries p where p.subscription_id = s.id)
    and not exists (select 1 from accesses a where a.subscription_id = s.id and a.removed_at is null and a.device_id is null
      and a.credentials is not null))
  or exists (select 1 from devices d where d.subscription_id = s.id and d.revoked_at is null and not exists (
    select 1 from accesses a where a.subscription_id = s.id and a.device_id = d.id and a.removed_at is null)))`

const listPage = ({ db, clock, drivers }: Pick<ShopDeps, 'db' | 'clock' | 'drivers'>, after: string) =>
  db
    .getKysely()
    .selectFrom((eb) =>
      eb
        .selectFrom('subscriptions')
        .select(['id', 'state', 'ends_at', 'traffic_limit_bytes', 'traffic_used_bytes'])
        .where('id', '>', after as SubscriptionId)
        .orderBy('id')
        .limit(page)
        .as('s'),
    )
    .crossJoin(
      sql<{ is_shared: boolean }>`(
        select not exists (select 1 from endpoints)
          or exists (select 1 from endpoints where driver = any(${sharedDrivers(drivers)})) as is_shared)`.as('shop'),
    )
    .select((eb) => [
      's.id',
      eb
        .and([
          eb('s.state', '=', 'active'),
          eb('s.ends_at', '>', clock.now()),
          eb.or([
            eb('s.traffic_limit_bytes', 'is', null),
            eb('s.traffic_used_bytes', '<', eb.ref('s.traffic_limit_bytes')),
          ]),
          isUnserved,
        ])
        .$castTo<boolean>()
        .as('is_lacking'),
    ])
    .orderBy('s.id')
    .execute()
