import type { EntityManager } from '@vpn-kiosk/db'
import { balanceProvider } from '@vpn-kiosk/domain'
import type { StoredPayment } from '../payment/find-payment.ts'
import { readOffer } from '../setting/read-offer.ts'
import { type GrantReferralBonusDeps, grantReferralBonus } from './grant-referral-bonus.ts'
import { grantReferralMoney } from './grant-referral-money.ts'
import { hasPaidIn } from './has-paid-in.ts'

/**
 * What a payment earns whoever invited its customer, by the rules in `domain/referral/referral.ts`. In the transaction
 * that marks it paid.
 */
export async function rewardInviter(
  deps: GrantReferralBonusDeps,
  em: EntityManager,
  payment: StoredPayment,
  now: Date,
): Promise<void> {
  const offer = await readOffer(deps, em)
  const isFromOutside = payment.provider !== balanceProvider
  if (isFromOutside) await grantReferralMoney(deps, em, { payment, offer }, now)
  // More of what one has is no purchase of time: for the price of a device nobody earns a week.
  if (payment.orderKind === 'top_up' || payment.orderKind === 'addon') return
  if (isFromOutside || (await hasPaidIn(em, payment))) await grantReferralBonus(deps, em, { payment, offer }, now)
}
