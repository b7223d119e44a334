import { acceptInvitation } from './accept-invitation.ts'
import { getReferral } from './get-referral.ts'

export const referralVerbs = {
  acceptInvitation,
  getReferral,
}
