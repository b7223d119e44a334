import { CustomerEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { getTerms } from './get-terms.ts'

/** Keeps that a customer agreed, and when. `changed`: to terms that are others by now, which are to be shown first. */
export async function acceptTerms(
  deps: Pick<ShopDeps, 'db' | 'clock'>,
  id: CustomerId,
  version: number,
): Promise<'accepted' | 'changed'> {
  const terms = await getTerms(deps)
  if (terms.version !== version) return 'changed'
  const isOlder = { $or: [{ termsVersion: null }, { termsVersion: { $lt: version } }] }
  const accepted = { termsVersion: version, termsAcceptedAt: deps.clock.now() }
  await deps.db.em().nativeUpdate(CustomerEntity, { id, ...isOlder }, accepted)
  return 'accepted'
}
