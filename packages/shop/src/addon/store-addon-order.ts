import { type EntityManager, OrderEntity, type OrderRow } from '@vpn-kiosk/db'
import { type Addon, type CustomerId, newId } from '@vpn-kiosk/domain'
import type { AddonOffer } from './find-addon-offer.ts'

export interface NewAddonOrder {
  readonly wish: { readonly customerId: CustomerId; readonly requestId: string | null }
  readonly addon: Addon
  readonly offer: AddonOffer
  readonly expiresAt: Date
}

/** An order of an add-on, in the plan of the stretch that it is for: reports count it there. */
export async function storeAddonOrder(
  em: EntityManager,
  { wish, addon, offer, expiresAt }: NewAddonOrder,
  now: Date,
): Promise<OrderRow> {
  const id = newId('order')
  await em.insert(OrderEntity, {
    id,
    kind: 'addon',
    customerId: wish.customerId,
    planId: offer.stretch.planId,
    addonId: addon.id,
    addonPeriodId: offer.periodId,
    state: 'open',
    priceMinor: addon.price.minor,
    currency: addon.price.currency,
    days: 0,
    deviceLimit: null,
    trafficLimitBytes: null,
    requestId: wish.requestId,
    createdAt: now,
    expiresAt,
    paidAt: null,
  })
  return em.findOneOrFail(OrderEntity, { id })
}
