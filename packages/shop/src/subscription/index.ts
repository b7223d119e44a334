import { canSwitchPlan } from './can-switch-plan.ts'
import { expireSubscriptions } from './expire-subscriptions.ts'
import { getSubscription } from './get-subscription.ts'
import { giveDays } from './give-days.ts'
import { giveGrace } from './give-grace.ts'
import { listPlanSwitches } from './list-plan-switches.ts'
import { previewPurchase } from './preview-purchase.ts'
import { remindExpiry } from './remind-expiry.ts'
import { startStretches } from './start-stretches.ts'
import { suggestPlan } from './suggest-plan.ts'
import { switchPlan } from './switch-plan.ts'
import { takeBackDays } from './take-back-days.ts'
import { winBackCustomers } from './win-back-customers.ts'

export const subscriptionVerbs = {
  canSwitchPlan,
  switchPlan,
  expireSubscriptions,
  getSubscription,
  giveDays,
  giveGrace,
  listPlanSwitches,
  previewPurchase,
  remindExpiry,
  startStretches,
  suggestPlan,
  takeBackDays,
  winBackCustomers,
}
