import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { CustomerId, CustomerNotification, DeviceId, SubscriptionId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'
import { revokeDevices } from './revoke-devices.ts'

export type CloseSurplusDevicesDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock'>

const page = 200

/**
 * Tells whoever has more devices than the running limit allows, and gives them a day to choose. After that the surplus
 * is closed by one rule: first what has never connected, then what connected longest ago; of two alike the one that was
 * added later. The customer is told which were closed. Returns how many devices were closed.
 */
export async function closeSurplusDevices(deps: CloseSurplusDevicesDeps): Promise<number> {
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
  const rows = await runStatement<{ id: SubscriptionId; customer_id: CustomerId; closes_at: Date | string }>(
    em,
    `select s.id, s.customer_id, s.surplus_closes_at as closes_at from subscriptions s
     where s.surplus_closes_at > $1 and s.state = 'active'
       and not exists (select 1 from notifications n
         where n.key = 'surplus:' || s.id || ':' || floor(extract(epoch from s.surplus_closes_at) * 1000)::bigint)
     order by s.surplus_closes_at limit $2`,
    [now, page],
  )
  const requests = rows.map(({ id, customer_id: customerId, closes_at }) => {
    const closesAt = new Date(closes_at)
    const notification = { kind: 'devices_over_limit', subscriptionId: id, closesAt: closesAt.toISOString() } as const
    return { customerId, key: `surplus:${id}:${closesAt.getTime()}`, notification }
  })
  await queueNotifications(deps, em, requests, now)
  return rows.length
}

interface Surplus {
  readonly subscription_id: SubscriptionId
  readonly customer_id: CustomerId
  readonly ids: DeviceId[]
  readonly names: string[]
}

async function closeDue(
  deps: CloseSurplusDevicesDeps,
  em: EntityManager,
): Promise<{ readonly subscriptions: number; readonly devices: number }> {
  const now = deps.clock.now()
  const due = await runStatement<{ id: SubscriptionId }>(
    em,
    `select id from subscriptions where surplus_closes_at <= $1 and state = 'active'
     order by surplus_closes_at limit $2 for no key update skip locked`,
    [now, page],
  )
  const ids = due.map(({ id }) => id)
  const surplus = await runStatement<Surplus>(em, surplusStatement, [ids])
  const devices = surplus.flatMap((one) => one.ids)
  await revokeDevices(deps, em, devices, now)
  await runStatement(em, 'update subscriptions set surplus_closes_at = null where id = any($1)', [ids])
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

const surplusStatement = `
  select r.subscription_id, r.customer_id, array_agg(r.id order by r.place) as ids, array_agg(r.name order by r.place) as names
  from (
    select d.id, d.name, d.subscription_id, s.customer_id, s.device_limit, row_number() over (
      partition by d.subscription_id
      order by (select max(a.last_seen_at) from accesses a where a.device_id = d.id) desc nulls last, d.created_at, d.id
    ) as place
    from devices d join subscriptions s on s.id = d.subscription_id
    where d.subscription_id = any($1) and d.revoked_at is null
  ) r where r.place > r.device_limit group by r.subscription_id, r.customer_id`
