import { type EntityManager, ReferralEntity } from '@vpn-kiosk/db'
import { type CustomerId, newId } from '@vpn-kiosk/domain'

/** Notes who invited whom, once a friend. The customer's own row names the inviter as well: the caller writes it. */
export const recordReferral = async (
  em: EntityManager,
  { referrerId, friendId }: { readonly referrerId: CustomerId; readonly friendId: CustomerId },
  now: Date,
): Promise<void> => {
  const nothingYet = { rewardedAt: null, bonusDays: null }
  await em.insert(ReferralEntity, { id: newId('referral'), referrerId, friendId, joinedAt: now, ...nothingYet })
}
