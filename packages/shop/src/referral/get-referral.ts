import { ReferralEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readOffer } from '../setting/read-offer.ts'

export interface ReferralSummary {
  readonly bonusDaysEach: number
  readonly joined: number
  readonly paid: number
  readonly daysEarned: number
}

/** How a customer's own link did. */
export async function getReferral(
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  referrerId: CustomerId,
): Promise<ReferralSummary> {
  const em = deps.db.em()
  const joined = await em.count(ReferralEntity, { referrerId })
  const paid = await em.find(ReferralEntity, { referrerId, rewardedAt: { $ne: null } }, { fields: ['bonusDays'] })
  return {
    bonusDaysEach: (await readOffer(deps)).referralBonusDays,
    joined,
    paid: paid.length,
    daysEarned: paid.reduce((sum, one) => sum + (one.bonusDays ?? 0), 0),
  }
}
