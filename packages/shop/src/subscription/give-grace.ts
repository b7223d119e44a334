import { type EntityManager, type Given, PaymentEntity, prepared, sql } from '@vpn-kiosk/db'
import {
  addGrace,
  addMs,
  graceKey,
  graceLeadMs,
  hourMs,
  isId,
  lastStretch,
  type Stretch,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import { requestMany } from '../access/request-many.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { readOffer } from '../setting/read-offer.ts'
import { lockSubscription, readQueue, storeQueue } from './stretch-queue.ts'

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'queue' | 'policy' | 'checkpoint'>

const page = 500

/**
 * Lends some hours more to bought subscriptions whose end is near, where the shop does so, and tells their customers. By the
 * rules in `domain/subscription/grace.ts`. Returns to how many.
 */
export async function giveGrace(deps: Deps): Promise<number> {
  const { graceHours: hours } = await readOffer(deps)
  if (hours === 0) return 0
  let given = 0
  let after = '' as SubscriptionId
  for (let found = page; found === page; ) {
    const now = deps.clock.now()
    const due = await listDue(deps.db, { after, from: addMs(now, -hours * hourMs), until: addMs(now, graceLeadMs) })
    for (const { id } of due) if (await give(deps, id, hours)) given += 1
    after = due.at(-1)?.id ?? after
    found = due.length
  }
  return given
}

interface Due {
  readonly after: SubscriptionId
  readonly from: Date
  readonly until: Date
}

const listDue = prepared((db, { after, from, until }: Given<Due>) =>
  db
    .selectFrom('subscriptions as s')
    .select('s.id')
    .where('s.state', '=', sql.lit('active'))
    .where('s.is_trial', '=', sql.lit(false))
    .where('s.ends_at', '>', from)
    .where('s.ends_at', '<=', until)
    .where('s.id', '>', after)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('subscription_periods as p')
            .select('p.id')
            .whereRef('p.subscription_id', '=', 's.id')
            .whereRef('p.ends_at', '=', 's.ends_at')
            .where('p.key', 'like', 'grace:%'),
        ),
      ),
    )
    .orderBy('s.id')
    .limit(page),
)

const give = (deps: Deps, id: SubscriptionId, hours: number): Promise<boolean> =>
  deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const subscription = await lockSubscription(em, id)
    if (subscription?.state !== 'active' || !subscription.endsAt) return false
    const { customerId, endsAt } = subscription
    const before = await readQueue(em, subscription, now)
    if (await isGivenBack(em, before.stretches)) return false
    const after = addGrace(before.stretches, graceKey(id, endsAt), hours)
    const until = after?.at(-1)?.endsAt
    if (!after || !until || endsAt > addMs(now, graceLeadMs)) return false
    await storeQueue(em, { subscription, before, after }, now)
    await requestMany(deps, em, [id], now)
    const notification = { kind: 'grace_started', subscriptionId: id, paidUntil: endsAt.toISOString() } as const
    await queueNotification(deps, em, { customerId, key: `grace_started:${id}:${until.getTime()}`, notification }, now)
    deps.checkpoint('grace:before-commit')
    return true
  })

/** The end is one that a refund made: whoever wanted the money back is lent nothing. */
async function isGivenBack(em: EntityManager, stretches: readonly Stretch[]): Promise<boolean> {
  const key = lastStretch(stretches)?.key ?? ''
  const id = key.slice(key.indexOf(':') + 1)
  return isId('payment', id) && (await em.count(PaymentEntity, { id, state: 'refunded' })) > 0
}
