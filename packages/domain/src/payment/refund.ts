import type { Transitions } from '../state/transitions.ts'

/**
 * Money that goes back. `requested`: stored, the provider not asked yet, or its answer lost. `pending`: the provider
 * works on it. `failed` gave nothing back; another refund may be asked for.
 *
 * What a refund takes, however it came about (asked for by staff, made in the provider's cabinet, a chargeback):
 * 1. The time that the payment bought, in proportion: all that is left of it when all of the price is given back, and
 *    for half of the price half of the time, as far as it has not passed. Time from elsewhere stays.
 * 2. Of what came beyond the price, what is left of it on the customer's balance.
 * 3. The inviter's bonus, when all of the price that earned it is given back. Where none of it had been used, the
 *    friend's next payment earns it again. Of a percent on the inviter's balance, the share of what is given back, as
 *    far as the balance goes.
 * 4. Of a top-up, what is left on the customer's balance; where that is too little and the money is gone (a refund in the
 *    provider's cabinet, a chargeback), the rest of what the top-up was made for and bought at once goes back to the balance
 *    first, by rule 1.
 * Of a gift the time is the recipient's. A gift that nobody has activated is dead with the first refund, and what is not
 * given back of its price becomes the giver's balance.
 */
export const refundStates = ['requested', 'pending', 'done', 'failed'] as const
export type RefundState = (typeof refundStates)[number]

export const refundTransitions: Transitions<RefundState> = {
  requested: ['pending', 'done', 'failed'],
  pending: ['done', 'failed'],
  failed: [],
  done: [],
}

/** `provider`: staff asked for it through the shop. `by_hand`: staff gave it back otherwise and said so. `seen`: the provider reported it. */
export type RefundSource = 'provider' | 'by_hand' | 'seen'
