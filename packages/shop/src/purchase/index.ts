import { checkRoom } from './check-room.ts'
import { findPlan } from './find-plan.ts'
import { getOrder } from './get-order.ts'
import { listPlans } from './list-plans.ts'
import { startPurchase } from './start-purchase.ts'

export const purchaseVerbs = {
  checkRoom,
  findPlan,
  getOrder,
  listPlans,
  startPurchase,
}
