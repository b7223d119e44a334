import type { CustomerId, RequiredChannel } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { isExempt } from './is-exempt.ts'
import { readChannels } from './read-channels.ts'

/**
 * The channels that a customer has to be in before they begin a trial or use one. Empty where the shop asks for none, and
 * always for whoever has paid or has time that is no trial.
 */
export async function listRequiredChannels(
  deps: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  purpose: 'trial' | 'use',
): Promise<readonly RequiredChannel[]> {
  const { channels, isForTrial, isForUse } = await readChannels(deps)
  const isAsked = isForUse || (purpose === 'trial' && isForTrial)
  if (!isAsked || channels.length === 0) return []
  const exempt = await deps.db
    .getKysely()
    .selectFrom('customers as c')
    .select('c.id')
    .where('c.id', '=', customerId)
    .where(isExempt)
    .executeTakeFirst()
  return exempt ? [] : channels
}
