import { type EntityManager, PaymentEntity, type SavedCardRow } from '@vpn-kiosk/db'
import { chargeEndsAt, idFrom, type PaymentId } from '@vpn-kiosk/domain'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { isRenewalPaid } from './is-renewal-paid.ts'
import { type RenewalCharge, storeRenewalOrder } from './store-renewal-order.ts'

/**
 * Stores an attempt to pay for an end from a card, before anybody is asked for money; in the caller's transaction, which
 * has locked the customer and knows of no charge under way. Null when the end was paid for before. The n-th try for an end
 * has the same id each time: a shop that was restored from a backup asks for the charge that it has forgotten, not for another.
 */
export async function storeCardCharge(
  deps: SettlePaymentDeps,
  em: EntityManager,
  charge: RenewalCharge,
  { card, endsAt, now }: { readonly card: SavedCardRow; readonly endsAt: Date; readonly now: Date },
): Promise<PaymentId | null> {
  if (await isRenewalPaid(em, charge)) return null
  const order = await storeRenewalOrder(em, charge, now)
  const id = await findFreeId(em, charge)
  await storePayment(deps, em, order, { provider: card.provider, amount: charge.amount, id })
  await em.nativeUpdate(PaymentEntity, { id }, { cardId: card.id, expiresAt: chargeEndsAt(endsAt) })
  return id
}

async function findFreeId(em: EntityManager, { requestId }: RenewalCharge): Promise<PaymentId> {
  for (let tries = 0; ; tries += 1) {
    const id = idFrom('payment', `${requestId}:${tries}`)
    if (!(await em.count(PaymentEntity, { id }))) return id
  }
}
