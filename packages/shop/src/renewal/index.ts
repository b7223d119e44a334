import { getRenewal } from './get-renewal.ts'
import { renewSubscriptions } from './renew-subscriptions.ts'
import { switchRenewalOff } from './switch-renewal-off.ts'
import { switchRenewalOn } from './switch-renewal-on.ts'

export const renewalVerbs = {
  getRenewal,
  renewSubscriptions,
  switchRenewalOff,
  switchRenewalOn,
}
