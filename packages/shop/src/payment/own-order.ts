import { type EntityManager, LockMode, OrderEntity, type OrderRow, PaymentEntity } from '@vpn-kiosk/db'
import { newId, type OrderId, type PaymentId } from '@vpn-kiosk/domain'

/**
 * The order of a payment that is about to be changed for it, locked. Where another payment has bought that order, or still
 * may, the payment gets a copy of it: what the other one bought stays as it was agreed.
 */
export async function ownOrder(
  em: EntityManager,
  { id, orderId }: { readonly id: PaymentId; readonly orderId: OrderId },
  isKindKept: boolean,
): Promise<OrderRow> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE }
  const order = await em.findOneOrFail(OrderEntity, { id: orderId }, { ...lock, refresh: true })
  if (order.state !== 'paid' && (isKindKept || !(await hasOpenSibling(em, id, orderId)))) return order
  // A use of a code stays with the order that took it, as does the button that made it.
  const without = { discountMinor: 0n, discountCause: null, promoId: null, promoTaken: false, requestId: null }
  const { customerId, kind, planId, priceMinor, currency, days, deviceLimit, trafficLimitBytes } = order
  const { createdAt, expiresAt, addonId = null, addonPeriodId = null } = order
  const agreed = { customerId, kind, planId, priceMinor, currency, days, deviceLimit, trafficLimitBytes }
  const addon = { addonId, addonPeriodId }
  const own = {
    ...agreed,
    ...addon,
    ...without,
    id: newId('order'),
    state: 'open' as const,
    createdAt,
    expiresAt,
    paidAt: null,
  }
  await em.insert(OrderEntity, own)
  await em.nativeUpdate(PaymentEntity, { id }, { orderId: own.id })
  return em.findOneOrFail(OrderEntity, { id: own.id })
}

const hasOpenSibling = async (em: EntityManager, id: PaymentId, orderId: OrderId): Promise<boolean> =>
  (await em.count(PaymentEntity, { orderId, id: { $ne: id }, state: { $in: ['created', 'pending'] } })) > 0
