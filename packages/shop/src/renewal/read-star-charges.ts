import { listsPayments, ProviderRefused, ProviderUnreachable } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/**
 * Reads what Telegram has charged, where the bot was not told. False when Telegram does not say: then nothing may be
 * concluded from a charge that is missing. A shop that no longer sells for stars asks nobody.
 */
export async function readStarCharges({ providers, clock }: Pick<ShopDeps, 'providers' | 'clock'>): Promise<boolean> {
  const provider = providers.get('stars')
  if (!provider || !listsPayments(provider)) return true
  try {
    for await (const _ of provider.listPayments(clock.now())) break
    return true
  } catch (error) {
    if (error instanceof ProviderRefused || error instanceof ProviderUnreachable) return false
    throw error
  }
}
