import { OrderEntity } from '@vpn-kiosk/db'
import type { CustomerId, OrderId, OrderState, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface OrderSummary {
  readonly id: OrderId
  /** Null of a top-up that buys nothing, and of an add-on. */
  readonly planId: PlanId | null
  readonly isAddon?: boolean
  readonly state: OrderState
}

/** A customer's own order; throws when there is none of that id. */
export async function getOrder(
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  id: OrderId,
): Promise<OrderSummary> {
  const { planId, state, kind } = await db.em().findOneOrFail(OrderEntity, { id, customerId })
  const isAddon = kind === 'addon'
  return { id, planId: isAddon ? null : planId, isAddon, state }
}
