import { SavedCardEntity } from '@vpn-kiosk/db'
import type { CardId, CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { changeRenewal } from './change-renewal.ts'
import { lockRenewal } from './lock-renewal.ts'

/**
 * Forgets a customer's saved card: no charge of it begins once this has returned, and auto-renewal by card is off. Only
 * its own customer removes it; removed twice is removed.
 */
export const removeCard = (
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
  id: CardId,
): Promise<'removed' | 'unknown'> =>
  db.transaction(async (em) => {
    const now = clock.now()
    const locked = await lockRenewal(em, customerId)
    const own = { id, customerId }
    if (!(await em.nativeUpdate(SavedCardEntity, { ...own, removedAt: null }, { secret: null, removedAt: now })))
      return (await em.count(SavedCardEntity, own)) ? 'removed' : 'unknown'
    const { renewal, subscription } = locked ?? {}
    if (subscription && renewal?.nextAt && renewal.source === 'card')
      await changeRenewal(em, subscription.id, { nextAt: null, offReason: 'customer', switchedAt: now })
    return 'removed'
  })
