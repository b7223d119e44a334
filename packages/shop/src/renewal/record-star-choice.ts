import { CustomerEntity, StarSubscriptionEntity } from '@vpn-kiosk/db'
import { isId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { changeRenewal } from './change-renewal.ts'
import { lockRenewal } from './lock-renewal.ts'
import { turnStarRenewalOn } from './turn-star-renewal-on.ts'

/** What a customer has done in the settings of Telegram. Older servers of Telegram do not tell of it. */
export interface StarChoice {
  /** The invoice's payload. */
  readonly payload: string
  readonly payerId: bigint
  /** `failed`: Telegram found no stars. The end of the wait says whether it tried again. */
  readonly state: 'canceled' | 'active' | 'failed'
}

/** Auto-renewal follows what the customer chose in Telegram, without a word: they know. What the shop canceled stays canceled. */
export async function recordStarChoice(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  { payload, payerId, state }: StarChoice,
): Promise<'on' | 'off' | 'ignored'> {
  if (!isId('payment', payload) || state === 'failed') return 'ignored'
  return db.transaction(async (em) => {
    const customer = await em.findOne(CustomerEntity, { telegramId: payerId })
    const locked = customer && (await lockRenewal(em, customer.id))
    const row = customer && (await em.findOne(StarSubscriptionEntity, { paymentId: payload, customerId: customer.id }))
    if (!locked || !row || row.isCanceled) return 'ignored'
    const { subscription, renewal, isBanned } = locked
    const now = clock.now()
    if (state === 'active' && !isBanned) {
      await turnStarRenewalOn(em, subscription.id, row, now)
      return 'on'
    }
    if (state !== 'canceled' || renewal?.source !== 'stars' || renewal.nextAt === null) return 'ignored'
    await changeRenewal(em, subscription.id, { nextAt: null, offReason: 'customer', switchedAt: now })
    return 'off'
  })
}
