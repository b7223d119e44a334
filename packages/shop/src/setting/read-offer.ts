import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import type { FreezeRules } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** What the shop gives away; the configuration's values hold until somebody on the staff chooses others. */
export interface Offer extends FreezeRules {
  /** 0 = no trial. */
  readonly trialDays: number
  /** For the inviter, with the friend's first purchase; 0 = none. */
  readonly referralBonusDays: number
  /** For the friend, with the first purchase; 0 = none. */
  readonly friendBonusDays: number
  /** Of what a friend pays, to the inviter's balance; 0 = nothing. */
  readonly referralPercent: number
  /** The same to whoever invited the inviter. */
  readonly referralPercentSecond: number
  /** Of each payment of the friend; false: of the first. */
  readonly isReferralOfEach: boolean
  /** Access goes on so long after the end of what was bought, to renew; 0 = not at all. */
  readonly graceHours: number
  /** Newcomers may buy while no server has room: they wait for their key. False: nothing is sold to them until there is. */
  readonly sellsWithoutRoom: boolean
}

export const offerKey = 'offer'

const startingOffer = {
  friendBonusDays: 0,
  referralPercent: 0,
  referralPercentSecond: 0,
  isReferralOfEach: true,
  sellsWithoutRoom: true,
  freezeDays: 0,
  graceHours: 0,
  freezesPerYear: 2,
}

export async function readOffer(
  { db, policy }: Pick<ShopDeps, 'db' | 'policy'>,
  em: EntityManager = db.em(),
): Promise<Offer> {
  const row = await em.findOne(SettingEntity, { key: offerKey })
  const { trialDays, referralBonusDays } = policy
  return { ...startingOffer, trialDays, referralBonusDays, ...(row?.value as Partial<Offer> | undefined) }
}
