import { editStarSubscription } from './edit-star-subscription.ts'
import { getRenewal } from './get-renewal.ts'
import { recordStarChoice } from './record-star-choice.ts'
import { removeCard } from './remove-card.ts'
import { renewSubscriptions } from './renew-subscriptions.ts'
import { sweepStarSubscriptions } from './sweep-star-subscriptions.ts'
import { switchRenewalOff } from './switch-renewal-off.ts'
import { switchRenewalOn } from './switch-renewal-on.ts'

export const renewalVerbs = {
  editStarSubscription,
  getRenewal,
  recordStarChoice,
  removeCard,
  renewSubscriptions,
  sweepStarSubscriptions,
  switchRenewalOff,
  switchRenewalOn,
}
