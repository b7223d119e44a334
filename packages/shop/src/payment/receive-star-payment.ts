import { StarChargeEntity } from '@vpn-kiosk/db'
import { isId, money, type StarCharge } from '@vpn-kiosk/domain'
import { addStarCharges } from './add-star-charges.ts'
import { type ReceiveWebhookDeps, type ReceiveWebhookResult, storeWebhook } from './receive-webhook.ts'

/** What Telegram tells the bot after a payment in stars, or after stars went back. */
export interface StarPayment {
  readonly payload: string
  readonly chargeId: string
  readonly payerId: bigint
  readonly amount: bigint
  readonly at: Date
  readonly isRefund: boolean
}

/**
 * Keeps a charge and has its payment settled, like a webhook. It comes over the bot's own connection to Telegram, and so
 * needs no signature. Null for what is no invoice of the shop.
 */
export async function receiveStarPayment(
  deps: ReceiveWebhookDeps,
  { payload, chargeId, payerId, amount, at, isRefund }: StarPayment,
): Promise<ReceiveWebhookResult | null> {
  if (!isId('payment', payload)) return null
  const charge: StarCharge = {
    id: chargeId,
    paymentId: payload,
    payerId,
    amount: money(amount, 'XTR'),
    paidAt: at,
    refundedAt: isRefund ? at : null,
  }
  await addStarCharges(deps, [charge])
  deps.checkpoint('stars:charge-kept')
  const { paymentId } = await deps.db.em().findOneOrFail(StarChargeEntity, { id: chargeId }, { fields: ['paymentId'] })
  return storeWebhook(deps, 'stars', {
    about: isRefund ? 'refund' : 'payment',
    reference: paymentId,
    paymentId,
    key: `${isRefund ? 'refunded' : 'paid'}:${chargeId}`,
    summary: { chargeId, amount: amount.toString() },
  })
}
