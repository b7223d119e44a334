import { type EntityManager, type OrderRow, PaymentEntity, type PaymentRow, PaymentStepEntity } from '@vpn-kiosk/db'
import { addMs, type MethodOf, type Money, minuteMs, newId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Stores an attempt to pay an order, of which the provider knows nothing yet. In the caller's transaction. */
export async function storePayment(
  { clock }: Pick<ShopDeps, 'clock'>,
  em: EntityManager,
  order: OrderRow,
  { provider, method, amount, savesCard = false }: MethodOf & { readonly amount: Money; readonly savesCard?: boolean },
): Promise<PaymentRow> {
  const now = clock.now()
  const id = newId('payment')
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
