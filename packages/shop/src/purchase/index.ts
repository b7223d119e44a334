import { checkRoom } from './check-room.ts'
import { getOrder } from './get-order.ts'
import { listPlans } from './list-plans.ts'
import { startPurchase } from './start-purchase.ts'

export const purchaseVerbs = {
  checkRoom,
  getOrder,
  listPlans,
  startPurchase,
}
