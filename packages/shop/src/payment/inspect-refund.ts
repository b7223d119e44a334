import type { PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { BookRefundDeps } from '../refund/book-refund.ts'
import { recordRefund } from '../refund/record-refund.ts'
import { findPayment } from './find-payment.ts'

/**
 * Asks the provider what was given back of a payment, because a webhook said so. `nothing_new`: nothing was, or it is known. Throws when
 * the provider does not answer.
 */
export async function inspectRefund(
  deps: BookRefundDeps & Pick<ShopDeps, 'providers'>,
  paymentId: PaymentId,
): Promise<{ readonly kind: 'refunded' | 'nothing_new' }> {
  const payment = await findPayment(deps.db, paymentId)
  const provider = payment && deps.providers.get(payment.provider)
  if (!provider || payment.reference === null) return { kind: 'nothing_new' }
  const status = await provider.fetchStatus(payment.reference)
  const isNew = status.kind === 'paid' && status.refunded && (await recordRefund(deps, payment.id, status.refunded))
  return { kind: isNew ? 'refunded' : 'nothing_new' }
}
