import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  dayMs,
  type SubscriptionId,
  type WinBackStage,
  winBackDelayMs,
  winBackStages,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'

const page = 1000

/** A stage that was missed by more than this is left out: what it says would not be true any more. */
const lateMs = 2 * dayMs

/**
 * Writes to customers whose time ended some days ago and who did not come back: each stage once an end, and only to who
 * wants news. Returns how many were written to.
 */
export async function winBackCustomers(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  let total = 0
  for (const stage of winBackStages)
    for (let found = page; found === page; total += found)
      found = await deps.db.transaction((em) => writeTo(deps, em, stage))
  return total
}

interface Lapsed {
  readonly id: SubscriptionId
  readonly customer_id: CustomerId
  readonly ends_at: Date | string
  readonly is_trial: boolean
}

async function writeTo(
  deps: Pick<ShopDeps, 'queue' | 'clock'>,
  em: EntityManager,
  after: WinBackStage,
): Promise<number> {
  const now = deps.clock.now()
  const until = addMs(now, -winBackDelayMs[after])
  const rows = await runStatement<Lapsed>(em, statement, [addMs(until, -lateMs), until, after, page])
  const requests = rows.map(({ id, customer_id: customerId, ends_at: endsAt, is_trial: wasTrial }) => ({
    customerId,
    key: `win-back:${id}:${after}:${new Date(endsAt).getTime()}`,
    notification: { kind: 'win_back', subscriptionId: id, after, wasTrial } as const,
  }))
  await queueNotifications(deps, em, requests, now)
  return rows.length
}

const statement = `
  select s.id, s.customer_id, s.ends_at, s.is_trial from subscriptions s join customers c on c.id = s.customer_id
  where s.state = 'expired' and s.ends_at > $1 and s.ends_at <= $2
    and (c.notifications->>'news')::boolean and c.banned_at is null and c.unreachable_at is null
    and not exists (select 1 from notifications n
      where n.key = 'win-back:' || s.id || ':' || $3::text || ':' || floor(extract(epoch from s.ends_at) * 1000)::bigint)
  order by s.ends_at limit $4`
