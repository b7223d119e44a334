import type { Addon, CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findAddonOffer } from './find-addon-offer.ts'

export interface AddonList {
  readonly addons: readonly Addon[]
  /** Until when they hold. */
  readonly endsAt: Date
}

/** The add-ons that a customer may buy now, and until when they would hold; null where there are none. */
export async function listAddons(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
): Promise<AddonList | null> {
  const offer = await findAddonOffer(db.em(), customerId, clock.now())
  return offer && { addons: offer.addons, endsAt: offer.stretch.endsAt }
}
