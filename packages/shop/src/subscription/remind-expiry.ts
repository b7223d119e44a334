import { runStatement } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  type ExpiryReminder,
  expiryReminders,
  hourMs,
  isBefore,
  minuteMs,
  reminderLeadMs,
  type SubscriptionId,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'
import { recall, remember } from '../setting/remember.ts'

const page = 1000
const key = 'check:reminders'
/** Ends that were moved meanwhile, and people who want reminders again, are found so late at most. */
const wholeEveryMs = hourMs
/** Looked at twice, whoever's transaction was late. */
const overlapMs = 10 * minuteMs

interface Reminded {
  readonly at: string
  /** When every end that is near was looked at. */
  readonly wholeAt: string
}

interface Ending {
  readonly id: SubscriptionId
  readonly customer_id: CustomerId
  readonly ends_at: Date | string
}

/**
 * Reminds of an end that comes near, each reminder once a period: the unique key is (subscription, reminder, end).
 * Who has no more than a reminder's lead from the start (a trial of three days), or was asleep when an earlier one was due, gets only the nearest one.
 * Usually only ends that came near since the last time are looked at, once an hour all that are near.
 */
export async function remindExpiry(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const last = await recall<Reminded>(deps, key)
  const isWhole =
    !last || isBefore(now, new Date(last.at)) || !isBefore(now, addMs(new Date(last.wholeAt), wholeEveryMs))
  const since = isWhole ? null : addMs(new Date(last.at), -overlapMs)
  let total = 0
  for (const [index, reminder] of expiryReminders.entries()) {
    const nearer = expiryReminders[index + 1]
    const nearest = addMs(now, nearer ? reminderLeadMs[nearer] : 0)
    const newest = since && addMs(since, reminderLeadMs[reminder])
    total += await remind(deps, reminder, newest && isBefore(nearest, newest) ? newest : nearest, now)
  }
  await remember(deps, key, { at: now.toISOString(), wholeAt: isWhole ? now.toISOString() : last.wholeAt })
  return total
}

/** Of ends after `from`. */
async function remind(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  before: ExpiryReminder,
  from: Date,
  now: Date,
): Promise<number> {
  const leadMs = reminderLeadMs[before]
  let total = 0
  for (let found = page; found === page; total += found) {
    found = await deps.db.transaction(async (em) => {
      const ending = await runStatement<Ending>(em, endingStatement, [
        from,
        addMs(now, leadMs),
        leadMs / 1000,
        before,
        page,
      ])
      const requests = ending.map(({ id, customer_id: customerId, ends_at: endsAt }) => ({
        customerId,
        key: `expiring:${id}:${before}:${new Date(endsAt).getTime()}`,
        notification: { kind: 'expiring', subscriptionId: id, before } as const,
      }))
      await queueNotifications(deps, em, requests, now)
      return ending.length
    })
  }
  return total
}

const endingStatement = `
  select s.id, s.customer_id, s.ends_at from subscriptions s join customers c on c.id = s.customer_id
  where s.state = 'active' and s.ends_at > $1 and s.ends_at <= $2 and (c.notifications->>'expiry')::boolean
    and s.starts_at < s.ends_at - make_interval(secs => $3)
    and not exists (select 1 from notifications n
      where n.key = 'expiring:' || s.id || ':' || $4::text || ':' || floor(extract(epoch from s.ends_at) * 1000)::bigint)
  order by s.ends_at limit $5`
