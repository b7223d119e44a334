import type { CustomerId, SubscriptionId } from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import type { ShopDeps } from '../deps.ts'
import { queueNotice } from '../notice/queue-notice.ts'

const page = 100

interface Ended {
  readonly id: SubscriptionId
  readonly customer_id: CustomerId
  readonly ends_at: Date | string
}

/** Ends what has run out: the state, the wish to cut it off and the notice, each once. Returns how many. */
export async function enforceExpiry(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'drivers' | 'vault'>,
): Promise<number> {
  const now = deps.clock.now()
  let total = 0
  for (let found = page; found === page; total += found) {
    found = await deps.db.transaction(async (em) => {
      const ended = await em.execute<Ended[]>(
        `update subscriptions set state = 'expired' where id in (
           select id from subscriptions where state = 'active' and ends_at <= ? order by ends_at limit ? for update skip locked
         ) returning id, customer_id, ends_at`,
        [now, page],
      )
      for (const { id, customer_id: customerId, ends_at: endsAt } of ended) {
        await requestAccess(deps, em, id, now)
        const key = `expired:${id}:${new Date(endsAt).getTime()}`
        await queueNotice(deps, em, { customerId, key, notice: { kind: 'expired', subscriptionId: id } }, now)
      }
      return ended.length
    })
  }
  return total
}
