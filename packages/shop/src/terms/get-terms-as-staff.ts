import type { Language, Terms } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { getTerms } from './get-terms.ts'

export interface StaffTerms extends Terms {
  /** In which each document may be written. */
  readonly languages: readonly Language[]
}

export const getTermsAsStaff = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<StaffTerms>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => ({
    ...(await getTerms(deps)),
    languages: deps.policy.languages,
  }))
