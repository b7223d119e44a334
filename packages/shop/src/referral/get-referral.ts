import { type Database, sql } from '@vpn-kiosk/db'
import { type Currency, type CustomerId, type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Offer, readOffer } from '../setting/read-offer.ts'

export interface ReferralSummary {
  /** What an invitation brings now. */
  readonly offer: Pick<
    Offer,
    'referralBonusDays' | 'friendBonusDays' | 'referralPercent' | 'referralPercentSecond' | 'isReferralOfEach'
  >
  readonly joined: number
  readonly paid: number
  readonly daysEarned: number
  /** One entry a currency, without what came back. */
  readonly moneyEarned: readonly Money[]
}

/** How a customer's own link did. */
export async function getReferral(
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  referrerId: CustomerId,
): Promise<ReferralSummary> {
  const [offer, counts, moneyEarned] = await Promise.all([
    readOffer(deps),
    countFriends(deps.db, referrerId),
    sumRewards(deps.db, referrerId),
  ])
  return { offer, ...counts, moneyEarned }
}

const countFriends = (db: Database, referrerId: CustomerId) =>
  db
    .getKysely()
    .selectFrom('referrals')
    .select([
      sql<number>`count(*)::int`.as('joined'),
      sql<number>`count(rewarded_at)::int`.as('paid'),
      sql<number>`coalesce(sum(bonus_days), 0)::int`.as('daysEarned'),
    ])
    .where('referrer_id', '=', referrerId)
    .executeTakeFirstOrThrow()

async function sumRewards(db: Database, referrerId: CustomerId): Promise<Money[]> {
  const rows = await db
    .getKysely()
    .selectFrom('referral_rewards')
    .select(['currency', sql<string>`sum(amount_minor - taken_minor)::text`.as('minor')])
    .where('referrer_id', '=', referrerId)
    .groupBy('currency')
    .having(sql<boolean>`sum(amount_minor - taken_minor) > 0`)
    .orderBy('currency', 'desc')
    .execute()
  return rows.map(({ currency, minor }: { currency: Currency; minor: string }) => money(BigInt(minor), currency))
}
