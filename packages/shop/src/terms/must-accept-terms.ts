import { CustomerEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { getTerms } from './get-terms.ts'

/** Whether this customer has to agree to the shop's terms before paying anything. */
export async function mustAcceptTerms(deps: Pick<ShopDeps, 'db'>, id: CustomerId): Promise<boolean> {
  const { isRequired, version } = await getTerms(deps)
  if (!isRequired) return false
  const customer = await deps.db.em().findOneOrFail(CustomerEntity, { id }, { fields: ['termsVersion'] })
  return (customer.termsVersion ?? 0) < version
}
