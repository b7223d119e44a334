import { type EntityManager, OrderEntity } from '@vpn-kiosk/db'
import type { StoredPayment } from './find-payment.ts'
import { ownOrder } from './own-order.ts'

/** The payment with an order of its own that is a top-up of the balance: what it was for cannot be granted any more. */
export async function ownTopUp(em: EntityManager, payment: StoredPayment): Promise<StoredPayment> {
  const { id: orderId } = await ownOrder(em, payment, false)
  const topUp = { kind: 'top_up' as const, planId: null, addonId: null, addonPeriodId: null }
  await em.nativeUpdate(OrderEntity, { id: orderId }, topUp)
  return { ...payment, orderId, orderKind: 'top_up', topUpPlanId: null, addon: null }
}
