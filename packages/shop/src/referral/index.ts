import { getReferral } from './get-referral.ts'

export const referralVerbs = {
  getReferral,
}
