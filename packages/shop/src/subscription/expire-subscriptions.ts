import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { CustomerNotification, SubscriptionId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { closeMany } from '../access/request-many.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'

export type ExpireSubscriptionsDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

const page = 1000

/**
 * Expires subscriptions whose end has passed, in batches: the state, the cut of their accesses (before other work) and
 * the notification, each once. A subscription that expired while the clock was ahead and has time left is active again.
 * Returns how many expired.
 */
export async function expireSubscriptions(deps: ExpireSubscriptionsDeps): Promise<number> {
  await eachPage(deps, restoreEarly)
  return eachPage(deps, expireDue)
}

async function eachPage(
  deps: ExpireSubscriptionsDeps,
  work: (deps: ExpireSubscriptionsDeps, em: EntityManager, now: Date) => Promise<number>,
): Promise<number> {
  let total = 0
  for (let done = page; done === page; total += done)
    done = await deps.db.transaction((em) => work(deps, em, deps.clock.now()))
  return total
}

async function expireDue(deps: ExpireSubscriptionsDeps, em: EntityManager, now: Date): Promise<number> {
  const ended = await markExpired(em, now)
  const ids = ended.map(({ id }) => id)
  await closeMany(deps, em, ids, now)
  await queueNotifications(deps, em, ended.map(endOf), now)
  return ended.length
}

/** As an array: for a join Postgres would read the whole table. */
const markExpired = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .updateTable('subscriptions')
    .set({ state: 'expired', surplus_closes_at: null })
    .where('id', '=', (eb) => {
      const due = eb
        .selectFrom('subscriptions as s')
        .select('s.id')
        .where('s.state', '=', sql.lit('active'))
        .where('s.ends_at', '<=', now)
        .orderBy('s.ends_at')
        .limit(page)
        .forNoKeyUpdate()
        .skipLocked()
      return anyOf(sql<SubscriptionId[]>`array(${due})`)
    })
    .returning(['id', 'customer_id', 'ends_at', 'is_trial'])
    .$narrowType<{ ends_at: Date }>()
    .execute()

type Ended = Awaited<ReturnType<typeof markExpired>>[number]

const endOf = ({ id, customer_id: customerId, ends_at: endsAt, is_trial: isTrial }: Ended) => ({
  customerId,
  key: `expired:${id}:${endsAt.getTime()}`,
  notification: { kind: isTrial ? 'trial_ended' : 'expired', subscriptionId: id } satisfies CustomerNotification,
})

async function restoreEarly(deps: ExpireSubscriptionsDeps, em: EntityManager, now: Date): Promise<number> {
  const restored = await em
    .getKysely()
    .updateTable('subscriptions')
    .set({ state: 'active' })
    .where('id', '=', (eb) => {
      const early = eb
        .selectFrom('subscriptions as s')
        .select('s.id')
        .where('s.state', '=', sql.lit('expired'))
        .where('s.ends_at', '>', now)
        .orderBy('s.ends_at')
        .limit(page)
        .forNoKeyUpdate()
        .skipLocked()
      return anyOf(sql<SubscriptionId[]>`array(${early})`)
    })
    .returning('id')
    .execute()
  // Rare, and what was given back meanwhile has to be found anew: one after another.
  for (const { id } of restored) await requestAccess(deps, em, id, now)
  return restored.length
}
