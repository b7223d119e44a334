import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { changeRenewal } from './change-renewal.ts'
import { lockRenewal } from './lock-renewal.ts'

/** The customer wants no more charges: none begins once this has returned. Switched off twice is off. */
export const switchRenewalOff = (
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
): Promise<void> =>
  db.transaction(async (em) => {
    const locked = await lockRenewal(em, customerId)
    if (!locked?.renewal?.nextAt) return
    const off = { nextAt: null, offReason: 'customer', switchedAt: clock.now() } as const
    await changeRenewal(em, locked.subscription.id, off)
  })
