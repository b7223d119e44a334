import { anyOf, sql } from '@vpn-kiosk/db'
import { addMs, type CustomerId, dayMs, type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface TopInviter {
  readonly id: CustomerId
  readonly firstName: string
  /** Friends whose first purchase was in these days. */
  readonly paid: number
  /** Earned in these days, without what came back; one entry a currency. */
  readonly money: readonly Money[]
}

const countedDays = 30
const shown = 10

/** Whose friends bought most in the last thirty days. */
export const listTopInviters = (
  deps: Pick<ShopDeps, 'db' | 'policy' | 'clock'>,
  actor: Actor,
): Promise<Seen<readonly TopInviter[]>> => readIfPermitted(deps, actor, 'see_customers', () => read(deps))

async function read({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>): Promise<TopInviter[]> {
  const since = addMs(clock.now(), -countedDays * dayMs)
  const kysely = db.getKysely()
  const inviters = await kysely
    .selectFrom('referrals as r')
    .innerJoin('customers as c', 'c.id', 'r.referrer_id')
    .select(['c.id', 'c.first_name', sql<number>`count(*)::int`.as('paid')])
    .where('r.rewarded_at', '>=', since)
    .groupBy('c.id')
    .orderBy('paid', 'desc')
    .orderBy('c.id')
    .limit(shown)
    .execute()
  const earned = await kysely
    .selectFrom('referral_rewards')
    .select(['referrer_id', 'currency', sql<string>`sum(amount_minor - taken_minor)::text`.as('minor')])
    .where('referrer_id', '=', anyOf(inviters.map(({ id }) => id)))
    .where('given_at', '>=', since)
    .groupBy(['referrer_id', 'currency'])
    .execute()
  return inviters.map(({ id, first_name: firstName, paid }) => ({
    id,
    firstName,
    paid,
    money: earned
      .filter((one) => one.referrer_id === id && BigInt(one.minor) > 0n)
      .map(({ currency, minor }) => money(BigInt(minor), currency)),
  }))
}
