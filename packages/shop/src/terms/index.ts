import { acceptTerms } from './accept-terms.ts'
import { changeTerms } from './change-terms.ts'
import { getTerms } from './get-terms.ts'
import { getTermsAsStaff } from './get-terms-as-staff.ts'

export const termsVerbs = { acceptTerms, changeTerms, getTerms, getTermsAsStaff }
