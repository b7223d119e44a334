import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { cancelStarSubscriptions } from './cancel-star-subscriptions.ts'
import { changeRenewal } from './change-renewal.ts'
import { lockRenewal } from './lock-renewal.ts'

/** The customer wants no more charges: none begins once this has returned. Switched off twice is off. */
export const switchRenewalOff = (
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  customerId: CustomerId,
): Promise<void> =>
  deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const locked = await lockRenewal(em, customerId)
    if (!locked) return
    await cancelStarSubscriptions(deps, em, customerId, { reason: 'customer', at: now })
    if (!locked.renewal?.nextAt) return
    const off = { nextAt: null, offReason: 'customer', switchedAt: now } as const
    await changeRenewal(em, locked.subscription.id, off)
  })
