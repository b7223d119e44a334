import { expireSubscriptions } from './expire-subscriptions.ts'
import { getSubscription } from './get-subscription.ts'
import { giveDays } from './give-days.ts'
import { previewPurchase } from './preview-purchase.ts'
import { remindExpiry } from './remind-expiry.ts'
import { startStretches } from './start-stretches.ts'
import { suggestPlan } from './suggest-plan.ts'
import { takeBackDays } from './take-back-days.ts'
import { winBackCustomers } from './win-back-customers.ts'

export const subscriptionVerbs = {
  expireSubscriptions,
  getSubscription,
  giveDays,
  previewPurchase,
  remindExpiry,
  startStretches,
  suggestPlan,
  takeBackDays,
  winBackCustomers,
}
