import {
  type AccessId,
  addMs,
  type CustomerId,
  minuteMs,
  preparingAfterMs,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotice, tellStaff } from '../notice/queue-notice.ts'
import { nudgeAheadMs, requestMissingAccess } from './request-access.ts'

export type SweepAccessesDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>

const page = 500

/**
 * Finds what was forgotten: accesses whose nudge was lost, running subscriptions that lack an access on an open
 * endpoint, customers who have waited too long for a paid key. Heals drift between what is desired and applied.
 */
export async function sweepAccesses(deps: SweepAccessesDeps): Promise<void> {
  await nudgeForgotten(deps)
  await addToOpenEndpoints(deps)
  await speakOfDelays(deps)
}

async function nudgeForgotten({ db, queue, clock }: SweepAccessesDeps): Promise<void> {
  const now = clock.now()
  for (let found = page; found === page; ) {
    found = await db.transaction(async (em) => {
      const rows = await em.execute<{ id: AccessId }[]>(
        `update accesses set next_attempt_at = ? where id in (
           select id from accesses where applied_revision < desired_revision and next_attempt_at <= ?
             and (leased_until is null or leased_until < ?) order by next_attempt_at limit ? for update skip locked
         ) returning id`,
        [addMs(now, nudgeAheadMs), addMs(now, -10_000), now, page],
      )
      for (const { id } of rows)
        await queue.enqueue(
          'grant-access',
          { accessId: id },
          { transaction: em.getTransactionContext(), isSwept: true },
        )
      return rows.length
    })
  }
}

/** A server that was added, came back from draining or has room again takes in the running subscriptions. */
async function addToOpenEndpoints(deps: SweepAccessesDeps): Promise<void> {
  const drivers = [...deps.drivers.values()].filter((kind) => kind.accountPer === 'subscription').map((kind) => kind.id)
  if (drivers.length === 0) return
  const now = deps.clock.now()
  const rows = await deps.db.em().execute<{ id: SubscriptionId }[]>(
    `with open as materialized (
       select e.id from endpoints e join servers s on s.id = e.server_id
       where s.state = 'active' and e.driver in (${drivers.map(() => '?').join(', ')})
         and (select count(*) from accesses a where a.endpoint_id = e.id and a.removed_at is null) < s.capacity
     )
     select distinct sub.id from subscriptions sub cross join open
     left join accesses a on a.subscription_id = sub.id and a.endpoint_id = open.id and a.removed_at is null
     where sub.state = 'active' and sub.ends_at > ? and a.id is null limit ?`,
    [...drivers, now, page],
  )
  for (const { id } of rows) await deps.db.transaction((em) => requestMissingAccess(deps, em, id, now))
}

interface Waiting {
  readonly subscription_id: SubscriptionId
  readonly customer_id: CustomerId
  readonly key: string
  readonly created_at: Date
  readonly reason: string | null
}

/** After five minutes the customer reads "being prepared", and somebody who can help is told why. */
async function speakOfDelays(deps: SweepAccessesDeps): Promise<void> {
  const now = deps.clock.now()
  const rows = await deps.db.em().execute<Waiting[]>(
    `select n.subscription_id, n.customer_id, n.key, n.created_at,
       (select a.last_error from accesses a where a.subscription_id = n.subscription_id and a.last_error is not null limit 1) as reason
     from notices n where n.state = 'held' and n.created_at <= ?
       and not exists (select 1 from notices p where p.key = 'preparing:' || n.key) limit ?`,
    [addMs(now, -preparingAfterMs), page],
  )
  for (const row of rows) {
    await deps.db.transaction(async (em) => {
      const notice = { kind: 'preparing', subscriptionId: row.subscription_id } as const
      const isNew = await queueNotice(
        deps,
        em,
        { customerId: row.customer_id, key: `preparing:${row.key}`, notice },
        now,
      )
      if (!isNew) return // Another sweep has just spoken.
      const minutes = Math.round((now.getTime() - new Date(row.created_at).getTime()) / minuteMs)
      const reason = row.reason ?? 'no server has room'
      const stuck = { kind: 'access_stuck', subscriptionId: row.subscription_id, minutes, reason } as const
      await tellStaff(deps, em, stuck, now)
    })
  }
}
