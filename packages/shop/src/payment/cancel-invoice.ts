import { isCancelable, type PaymentId } from '@vpn-kiosk/domain'
import { releasePromo } from '../discount/release-promo.ts'
import { changePaymentState } from './change-payment-state.ts'
import { findPayment } from './find-payment.ts'
import { queueInvoiceEdit } from './queue-invoice-edit.ts'
import { settlePayment } from './settle-payment.ts'
import type { SettlePaymentDeps } from './settlement.ts'

/**
 * Closes an invoice that nobody should pay any more, at the provider where it can be closed there. One that turns out to
 * be paid is settled instead. Throws when the provider does not answer.
 */
export async function cancelInvoice(deps: SettlePaymentDeps, paymentId: PaymentId): Promise<void> {
  const payment = await findPayment(deps.db, paymentId)
  if (!payment || (payment.state !== 'created' && payment.state !== 'pending')) return
  const provider = deps.providers.get(payment.provider)
  // What cannot be closed stays open until its end: money that comes all the same is honoured.
  if (!provider || payment.reference === null || !isCancelable(provider)) return
  const outcome = await provider.cancelInvoice(payment.reference)
  if (outcome === 'too_late') {
    await settlePayment(deps, paymentId)
    return
  }
  await deps.db.transaction(async (em) => {
    const at = deps.clock.now()
    const end = { to: 'canceled', cause: 'not_needed', reason: 'canceled_by_shop', at } as const
    if (!(await changePaymentState(em, { payment, ...end }))) return
    await queueInvoiceEdit(deps, em, payment.orderId)
    await releasePromo(em, payment.orderId)
  })
}
