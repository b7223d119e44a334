import type { SavedCardRow } from '@vpn-kiosk/db'
import { type Currency, chargesSaved } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Whether a saved card can be charged in this currency: its provider is still there, and takes it. */
export function isChargeable(
  { providers }: Pick<ShopDeps, 'providers'>,
  card: Pick<SavedCardRow, 'provider'> | null,
  currency: Currency,
): boolean {
  const provider = card ? providers.get(card.provider) : undefined
  return provider !== undefined && chargesSaved(provider) && provider.currencies.includes(currency)
}
