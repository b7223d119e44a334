import { type EntityManager, OrderEntity, PaymentEntity, type PaymentRow, PaymentStepEntity } from '@vpn-kiosk/db'
import { addMs, newId, orderWaits, type PaymentId, type StarCharge } from '@vpn-kiosk/domain'

/**
 * A payment, with an order of its own, for stars that Telegram charged again: for what was agreed when the subscription
 * began. The sweep settles it where nothing else does. The caller has locked the first payment, and asks once a charge.
 */
export async function storeStarRenewal(
  em: EntityManager,
  { orderId, customerId, provider, method, amountMinor, currency }: PaymentRow,
  { id: chargeId }: Pick<StarCharge, 'id'>,
  now: Date,
): Promise<PaymentId> {
  const agreed = await em.findOneOrFail(OrderEntity, { id: orderId })
  const { kind, planId, priceMinor, days, deviceLimit, trafficLimitBytes } = agreed
  const expiresAt = addMs(now, orderWaits.open.atMostMs)
  const order = newId('order')
  await em.insert(OrderEntity, {
    id: order,
    kind,
    customerId,
    planId,
    state: 'open',
    priceMinor,
    currency: agreed.currency,
    days,
    deviceLimit,
    trafficLimitBytes,
    requestId: `renewal:${chargeId}`,
    createdAt: now,
    expiresAt,
    paidAt: null,
  })
  const id = newId('payment')
  await em.insert(PaymentEntity, {
    id,
    orderId: order,
    customerId,
    provider,
    method,
    state: 'pending',
    amountMinor,
    currency,
    receivedMinor: null,
    receivedCurrency: null,
    reference: id,
    url: null,
    reason: null,
    createdAt: now,
    expiresAt,
    paidAt: null,
    nextCheckAt: now,
  })
  await em.insert(PaymentStepEntity, { paymentId: id, before: null, after: 'pending', cause: 'renewal', at: now })
  return id
}
