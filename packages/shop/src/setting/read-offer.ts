import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** What the shop gives away; the configuration's values hold until somebody on the staff chooses others. */
export interface Offer {
  /** 0 = no trial. */
  readonly trialDays: number
  /** 0 = no bonus. */
  readonly referralBonusDays: number
  /** Newcomers may buy while no server has room: they wait for their key. False: nothing is sold to them until there is. */
  readonly sellsWithoutRoom: boolean
}

export const offerKey = 'offer'

export async function readOffer(
  { db, policy }: Pick<ShopDeps, 'db' | 'policy'>,
  em: EntityManager = db.em(),
): Promise<Offer> {
  const row = await em.findOne(SettingEntity, { key: offerKey })
  const { trialDays, referralBonusDays } = policy
  return { trialDays, referralBonusDays, sellsWithoutRoom: true, ...(row?.value as Partial<Offer> | undefined) }
}
