import { type EntityManager, OrderEntity, type OrderRow } from '@vpn-kiosk/db'
import { type CustomerId, type Money, newId, type Plan } from '@vpn-kiosk/domain'
import { discountColumns } from '../discount/discount-columns.ts'

export interface RenewalCharge {
  readonly customerId: CustomerId
  readonly plan: Plan
  readonly amount: Money
  /** Of the end that is paid for: charged once, whoever asks how often. */
  readonly requestId: string
}

/**
 * The order that pays for one end, with the plan's terms as they are today: a try that failed before has left it. In the
 * caller's transaction, which has locked the customer, and knows that it is not paid and no charge is under way.
 */
export async function storeRenewalOrder(
  em: EntityManager,
  { customerId, plan, amount, requestId }: RenewalCharge,
  now: Date,
): Promise<OrderRow> {
  const terms = {
    planId: plan.id,
    state: 'open' as const,
    priceMinor: amount.minor,
    currency: amount.currency,
    ...discountColumns({ ...plan, price: amount }),
    days: plan.days,
    deviceLimit: plan.deviceLimit,
    trafficLimitBytes: plan.trafficLimitBytes,
    // Nobody who buys by hand is handed this order.
    expiresAt: now,
  }
  const isKnown = await em.nativeUpdate(OrderEntity, { customerId, requestId, state: { $ne: 'paid' } }, terms)
  if (!isKnown)
    await em.insert(OrderEntity, {
      ...terms,
      id: newId('order'),
      kind: 'plan',
      customerId,
      requestId,
      createdAt: now,
      paidAt: null,
    })
  return em.findOneOrFail(OrderEntity, { customerId, requestId })
}
