import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { CustomerNotification, DeviceId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'
import { revokeDevices } from './revoke-devices.ts'

export type CloseSurplusDevicesDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock'>

const page = 200

/**
 * Tells customers who have more devices than the running limit allows, and gives them a day to choose. After that the
 * surplus devices are revoked: first those that never connected, then those that connected longest ago; of two alike the
 * one that was added later. The customer is told which. Returns how many were revoked.
 */
export async function enforceDeviceLimit(deps: CloseSurplusDevicesDeps): Promise<number> {
  for (let told = page; told === page; ) told = await deps.db.transaction((em) => tellOfSurplus(deps, em))
  let total = 0
  for (let found = page; found === page; ) {
    const outcome = await deps.db.transaction((em) => closeDue(deps, em))
    found = outcome.subscriptions
    total += outcome.devices
  }
  return total
}

async function tellOfSurplus(deps: CloseSurplusDevicesDeps, em: EntityManager): Promise<number> {
  const now = deps.clock.now()
  const rows = await listUntold(em, now)
  const requests = rows.map(({ id, customer_id: customerId, surplus_closes_at: closesAt }) => {
    const notification = { kind: 'devices_over_limit', subscriptionId: id, closesAt: closesAt.toISOString() } as const
    return { customerId, key: `surplus:${id}:${closesAt.getTime()}`, notification }
  })
  await queueNotifications(deps, em, requests, now)
  return rows.length
}

const listUntold = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .selectFrom('subscriptions as s')
    .select(['s.id', 's.customer_id', 's.surplus_closes_at'])
    .$narrowType<{ surplus_closes_at: Date }>()
    .where('s.surplus_closes_at', '>', now)
    .where('s.state', '=', sql.lit('active'))
    .where(
      sql<boolean>`not exists (select 1 from notifications n
        where n.key = 'surplus:' || s.id || ':' || floor(extract(epoch from s.surplus_closes_at) * 1000)::bigint)`,
    )
    .orderBy('s.surplus_closes_at')
    .limit(page)
    .execute()

async function closeDue(
  deps: CloseSurplusDevicesDeps,
  em: EntityManager,
): Promise<{ readonly subscriptions: number; readonly devices: number }> {
  const now = deps.clock.now()
  const due = await em
    .getKysely()
    .selectFrom('subscriptions')
    .select('id')
    .where('surplus_closes_at', '<=', now)
    .where('state', '=', sql.lit('active'))
    .orderBy('surplus_closes_at')
    .limit(page)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  const ids = due.map(({ id }) => id)
  const surplus = await listSurplus(em, ids)
  const devices = surplus.flatMap((one) => one.ids)
  await revokeDevices(deps, em, devices, now)
  await em
    .getKysely()
    .updateTable('subscriptions')
    .set({ surplus_closes_at: null })
    .where('id', '=', anyOf(ids))
    .execute()
  await queueNotifications(
    deps,
    em,
    surplus.map((one) => ({
      customerId: one.customer_id,
      key: `closed:${one.ids[0]}`,
      notification: {
        kind: 'devices_closed',
        subscriptionId: one.subscription_id,
        names: one.names,
      } satisfies CustomerNotification,
    })),
    now,
  )
  return { subscriptions: ids.length, devices: devices.length }
}

const listSurplus = (em: EntityManager, ids: readonly SubscriptionId[]) =>
  em
    .getKysely()
    .selectFrom((eb) =>
      eb
        .selectFrom('devices as d')
        .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
        .select([
          'd.id',
          'd.name',
          'd.subscription_id',
          's.customer_id',
          's.device_limit',
          sql<number>`row_number() over (
            partition by d.subscription_id
            order by (select max(a.last_seen_at) from accesses a where a.device_id = d.id) desc nulls last, d.created_at, d.id
          )`.as('place'),
        ])
        .where('d.subscription_id', '=', anyOf(ids))
        .where('d.revoked_at', 'is', null)
        .as('r'),
    )
    .select([
      'r.subscription_id',
      'r.customer_id',
      sql<DeviceId[]>`array_agg(r.id order by r.place)`.as('ids'),
      sql<string[]>`array_agg(r.name order by r.place)`.as('names'),
    ])
    .whereRef('r.place', '>', 'r.device_limit')
    .groupBy(['r.subscription_id', 'r.customer_id'])
    .execute()
