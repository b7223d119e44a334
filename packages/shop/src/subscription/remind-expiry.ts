import { type EntityManager, sql } from '@vpn-kiosk/db'
import {
  addMs,
  type ExpiryReminder,
  expiryReminders,
  hourMs,
  isBefore,
  minuteMs,
  reminderLeadMs,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'
import { wants } from '../notification/wants.ts'
import { recall, remember } from '../setting/remember.ts'
import { endKey } from './end-key.ts'

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

/**
 * Reminds customers that their subscription ends soon, each reminder once a period: the unique key is (subscription,
 * reminder, end). A trial that is no longer than a reminder's lead, or a reminder that was missed, gets only the nearest
 * one. Each run looks at the ends that came near since the last run; once an hour at all that are near.
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
  let total = 0
  for (let found = page; found === page; total += found) {
    found = await deps.db.transaction(async (em) => {
      const ending = await listEnding(em, before, from, now)
      const requests = ending.map(({ id, customer_id: customerId, ends_at: endsAt }) => ({
        customerId,
        key: `expiring:${id}:${before}:${endsAt.getTime()}`,
        notification: { kind: 'expiring', subscriptionId: id, before } as const,
      }))
      await queueNotifications(deps, em, requests, now)
      return ending.length
    })
  }
  return total
}

/** Those who have not been reminded so of this end. */
const listEnding = (em: EntityManager, before: ExpiryReminder, from: Date, now: Date) =>
  em
    .getKysely()
    .selectFrom('subscriptions as s')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .select(['s.id', 's.customer_id', 's.ends_at'])
    .$narrowType<{ ends_at: Date }>()
    .where('s.state', '=', sql.lit('active'))
    .where('s.ends_at', '>', from)
    .where('s.ends_at', '<=', addMs(now, reminderLeadMs[before]))
    .where(wants('expiry'))
    // Who renews automatically reads an announcement instead.
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('renewals as r')
            .select('r.subscription_id')
            .whereRef('r.subscription_id', '=', 's.id')
            .where('r.next_at', 'is not', null),
        ),
      ),
    )
    // What is lent after the end is told when it begins.
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
    .where(sql<boolean>`s.starts_at < s.ends_at - make_interval(secs => ${reminderLeadMs[before] / 1000})`)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('notifications as n')
            .select('n.id')
            .where('n.key', '=', sql<string>`'expiring:' || s.id || ':' || ${before}::text || ':' || ${endKey}`),
        ),
      ),
    )
    .orderBy('s.ends_at')
    .limit(page)
    .execute()
