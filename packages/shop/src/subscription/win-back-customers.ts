import { type EntityManager, HeldDiscountEntity, sql } from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  dayMs,
  endOfDay,
  type WinBackOffer,
  type WinBackStage,
  winBackDelayMs,
  winBackStages,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readDiscountSettings } from '../discount/read-discount-settings.ts'
import { queueNotifications } from '../notification/queue-notifications.ts'
import { wants } from '../notification/wants.ts'
import { endKey } from './end-key.ts'

const page = 1000

/** A stage that was missed by more than this is left out: what it says would not be true any more. */
const lateMs = 2 * dayMs

/**
 * Writes to customers whose subscription expired some days ago and who did not come back: each stage once for each end,
 * and only to customers who want offers. Returns how many were written to.
 */
export async function winBackCustomers(deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy'>): Promise<number> {
  let total = 0
  for (const stage of winBackStages)
    for (let found = page; found === page; total += found)
      found = await deps.db.transaction((em) => writeTo(deps, em, stage))
  return total
}

async function writeTo(
  deps: Pick<ShopDeps, 'queue' | 'clock' | 'policy'>,
  em: EntityManager,
  after: WinBackStage,
): Promise<number> {
  const now = deps.clock.now()
  const until = addMs(now, -winBackDelayMs[after])
  const rows = await listLapsed(em, after, until)
  const offer = await makeOffer(
    deps,
    em,
    rows.map((row) => row.customer_id),
    now,
  )
  const requests = rows.map(({ id, customer_id: customerId, ends_at: endsAt, is_trial: wasTrial }) => ({
    customerId,
    key: `win-back:${id}:${after}:${endsAt.getTime()}`,
    notification: { kind: 'win_back', subscriptionId: id, after, wasTrial, ...(offer && { offer }) } as const,
  }))
  await queueNotifications(deps, em, requests, now)
  return rows.length
}

/** What is off for those who come back now, where the shop gives anything; a later reminder offers it anew. */
async function makeOffer(
  { policy }: Pick<ShopDeps, 'policy'>,
  em: EntityManager,
  customerIds: readonly CustomerId[],
  now: Date,
): Promise<WinBackOffer | null> {
  const { percent, days } = (await readDiscountSettings(em)).winBack
  if (percent === 0 || customerIds.length === 0) return null
  const endsAt = endOfDay(now, days, policy.timeZone)
  await em.upsertMany(
    HeldDiscountEntity,
    customerIds.map((customerId) => ({
      customerId,
      cause: 'win_back' as const,
      promoId: null,
      percent,
      heldAt: now,
      endsAt,
    })),
  )
  return { percent, endsAt: endsAt.toISOString() }
}

/** Those who have not been written to about this end at this stage. */
const listLapsed = (em: EntityManager, after: WinBackStage, until: Date) =>
  em
    .getKysely()
    .selectFrom('subscriptions as s')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .select(['s.id', 's.customer_id', 's.ends_at', 's.is_trial'])
    .$narrowType<{ ends_at: Date }>()
    .where('s.state', '=', sql.lit('expired'))
    .where('s.ends_at', '>', addMs(until, -lateMs))
    .where('s.ends_at', '<=', until)
    .where(wants('offers'))
    .where('c.banned_at', 'is', null)
    .where('c.unreachable_at', 'is', null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('notifications as n')
            .select('n.id')
            .where('n.key', '=', sql<string>`'win-back:' || s.id || ':' || ${after}::text || ':' || ${endKey}`),
        ),
      ),
    )
    .orderBy('s.ends_at')
    .limit(page)
    .execute()
