import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { CustomerId, CustomerNotification, SubscriptionId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { closeMany } from '../access/request-many.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'

export type EnforceExpiryDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

const page = 1000

/**
 * Makes states and ends agree, in batches. What has run out expires: the state, the wish to close its accesses, before
 * other work, and the notification, each once. What has expired and yet has time left, because the clock was ahead for
 * a while, is active again. Returns how many expired.
 */
export async function enforceExpiry(deps: EnforceExpiryDeps): Promise<number> {
  await eachPage(deps, restoreEarly)
  return eachPage(deps, expireDue)
}

async function eachPage(
  deps: EnforceExpiryDeps,
  work: (deps: EnforceExpiryDeps, em: EntityManager, now: Date) => Promise<number>,
): Promise<number> {
  let total = 0
  for (let done = page; done === page; total += done)
    done = await deps.db.transaction((em) => work(deps, em, deps.clock.now()))
  return total
}

interface Ended {
  readonly id: SubscriptionId
  readonly customer_id: CustomerId
  readonly ends_at: Date | string
  readonly is_trial: boolean
}

async function expireDue(deps: EnforceExpiryDeps, em: EntityManager, now: Date): Promise<number> {
  const ended = await runStatement<Ended>(
    em,
    `update subscriptions set state = 'expired', surplus_closes_at = null where id = any(array(
       select id from subscriptions where state = 'active' and ends_at <= $1 order by ends_at limit $2 for no key update skip locked
     )) returning id, customer_id, ends_at, is_trial`,
    [now, page],
  )
  const ids = ended.map(({ id }) => id)
  await closeMany(deps, em, ids, now)
  await queueNotifications(deps, em, ended.map(endOf), now)
  return ended.length
}

const endOf = ({ id, customer_id: customerId, ends_at: endsAt, is_trial: isTrial }: Ended) => ({
  customerId,
  key: `expired:${id}:${new Date(endsAt).getTime()}`,
  notification: { kind: isTrial ? 'trial_ended' : 'expired', subscriptionId: id } satisfies CustomerNotification,
})

async function restoreEarly(deps: EnforceExpiryDeps, em: EntityManager, now: Date): Promise<number> {
  const restored = await runStatement<{ id: SubscriptionId }>(
    em,
    `update subscriptions set state = 'active' where id = any(array(
       select id from subscriptions where state = 'expired' and ends_at > $1 order by ends_at limit $2 for no key update skip locked
     )) returning id`,
    [now, page],
  )
  // Rare, and what was given back meanwhile has to be found anew: one after another.
  for (const { id } of restored) await requestAccess(deps, em, id, now)
  return restored.length
}
