import { CustomerEntity, type EntityManager, OrderEntity } from '@vpn-kiosk/db'
import {
  type AddonId,
  balanceProvider,
  type CustomerId,
  compareMoney,
  type Id,
  type Money,
  receivedPosting,
  subtractMoney,
} from '@vpn-kiosk/domain'
import { findFreeBalance } from '../balance/find-free-balance.ts'
import { changePaymentState } from '../payment/change-payment-state.ts'
import { deliverPurchase } from '../payment/deliver-purchase.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { lockOrCreateSubscription } from '../subscription/stretch-queue.ts'
import { findAddonOffer } from './find-addon-offer.ts'
import { readAddons } from './read-addons.ts'
import { storeAddonOrder } from './store-addon-order.ts'

export interface BalanceAddon {
  readonly customerId: CustomerId
  readonly addonId: AddonId
  /** Of the button that was pressed: pressed again, it buys nothing new. */
  readonly requestId: string
  /** The price that was shown, in minor units: nobody pays more than that. */
  readonly shownMinor?: bigint
  /** The only stretch that it may be for; absent = the one that runs. */
  readonly periodId?: Id<'period'>
}

export type BuyAddonResult =
  | { readonly kind: 'bought'; readonly endsAt: Date }
  /** The balance does not cover the price: so much is missing. */
  | { readonly kind: 'short'; readonly missing: Money }
  | { readonly kind: 'already_paid' | 'banned' | 'price_changed' }
  /** It is not sold any more, or not for what this customer has now. */
  | { readonly kind: 'addon_gone' }

/** Buys an add-on from the balance in the caller's transaction. */
export async function spendOnAddon(
  deps: SettlePaymentDeps,
  em: EntityManager,
  wish: BalanceAddon,
  now: Date,
): Promise<BuyAddonResult> {
  const { customerId, addonId, shownMinor, periodId } = wish
  const requestId = `balance:${wish.requestId}`
  const [listed] = await readAddons(em, { ids: [addonId], isActive: true })
  if (!listed) return { kind: 'addon_gone' }
  const free = await findFreeBalance(em, customerId, listed.price.currency)
  const { bannedAt } = await em.findOneOrFail(CustomerEntity, { id: customerId })
  if (bannedAt) return { kind: 'banned' }
  if (await em.count(OrderEntity, { customerId, requestId })) return { kind: 'already_paid' }
  await lockOrCreateSubscription(em, customerId, now)
  const offer = await findAddonOffer(em, customerId, now)
  const addon = offer?.addons.find(({ id }) => id === addonId)
  if (!offer || !addon || (periodId && offer.periodId !== periodId)) return { kind: 'addon_gone' }
  const { price } = addon
  if (shownMinor !== undefined && price.minor > shownMinor) return { kind: 'price_changed' }
  if (compareMoney(free, price) < 0) return { kind: 'short', missing: subtractMoney(price, free) }
  const order = await storeAddonOrder(em, { wish: { customerId, requestId }, addon, offer, expiresAt: now }, now)
  const stored = await storePayment(deps, em, order, { provider: balanceProvider, amount: price })
  const bought = { id: addonId, kind: addon.kind, amount: addon.amount, periodId: offer.periodId }
  const payment = { ...stored, hasTrouble: false, orderKind: 'addon' as const, topUpPlanId: null, addon: bought }
  const sale = { provider: balanceProvider, customer: customerId, price, surplus: null, fee: null }
  const posting = { key: `sale:${payment.id}`, entries: receivedPosting('addon', sale) }
  await changePaymentState(em, { payment, to: 'paid', cause: 'balance', received: price, posting, at: now })
  await deliverPurchase(deps, em, payment, now)
  deps.checkpoint('addon:before-commit')
  return { kind: 'bought', endsAt: offer.stretch.endsAt }
}
