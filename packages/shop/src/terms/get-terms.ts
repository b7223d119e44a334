import type { EntityManager } from '@vpn-kiosk/db'
import type { Terms } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { recall } from '../setting/remember.ts'

export const termsKey = 'terms'

const noTerms: Terms = { documents: { offer: {}, privacy: {} }, isRequired: false, version: 1 }

/** The shop's legal texts as everybody may read them. */
export async function getTerms(deps: Pick<ShopDeps, 'db'>, em: EntityManager = deps.db.em()): Promise<Terms> {
  return { ...noTerms, ...(await recall<Partial<Terms>>(deps, termsKey, em)) }
}
