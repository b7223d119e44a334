import { OrderEntity, PaymentEntity, PlanEntity } from '@vpn-kiosk/db'
import type { CustomerId, PaymentId, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { describePayments, type PaymentLine } from './list-payments.ts'

export interface OwnPayment {
  readonly payment: PaymentLine
  /** What was bought, where it is on sale yet. */
  readonly again: PlanId | null
}

/** One payment for the customer who made it; null for everybody else. */
export async function findOwnPayment(
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  id: PaymentId,
): Promise<OwnPayment | null> {
  const em = db.em()
  const row = await em.findOne(PaymentEntity, { id, customerId })
  const [payment] = row ? await describePayments(em, [row]) : []
  if (!row || !payment) return null
  const order = await em.findOne(OrderEntity, { id: row.orderId })
  const planId = order?.kind === 'top_up' || order?.kind === 'addon' ? null : (order?.planId ?? null)
  const isSold = planId !== null && (await em.count(PlanEntity, { id: planId, isActive: true, isTrial: false })) > 0
  return { payment, again: isSold ? planId : null }
}
