import { acceptInvitation } from './accept-invitation.ts'
import { getReferral } from './get-referral.ts'
import { listTopInviters } from './list-top-inviters.ts'

export const referralVerbs = {
  acceptInvitation,
  getReferral,
  listTopInviters,
}
