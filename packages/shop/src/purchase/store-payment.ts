import { type EntityManager, type OrderRow, PaymentEntity, type PaymentRow, PaymentStepEntity } from '@vpn-kiosk/db'
import { addMs, type MethodOf, type Money, minuteMs, newId, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

interface NewPayment extends MethodOf {
  readonly amount: Money
  readonly savesCard?: boolean
  /** Absent: any. */
  readonly id?: PaymentId
}

/** Stores an attempt to pay an order, of which the provider knows nothing yet. In the caller's transaction. */
export async function storePayment(
  { clock }: Pick<ShopDeps, 'clock'>,
  em: EntityManager,
  order: OrderRow,
  { provider, method, amount, savesCard = false, id = newId('payment') }: NewPayment,
): Promise<PaymentRow> {
  const now = clock.now()
  await em.insert(PaymentEntity, {
    id,
    orderId: order.id,
    customerId: order.customerId,
    provider,
    method: method ?? null,
    state: 'created',
    amountMinor: amount.minor,
    currency: amount.currency,
    receivedMinor: null,
    receivedCurrency: null,
    reference: null,
    savesCard,
    url: null,
    reason: null,
    createdAt: now,
    expiresAt: order.expiresAt,
    paidAt: null,
    nextCheckAt: addMs(now, minuteMs),
  })
  await em.insert(PaymentStepEntity, { paymentId: id, before: null, after: 'created', cause: 'checkout', at: now })
  return em.findOneOrFail(PaymentEntity, { id })
}
