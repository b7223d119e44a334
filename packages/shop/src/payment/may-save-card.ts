import { type EntityManager, ProviderHealthEntity } from '@vpn-kiosk/db'
import { addDays, type Currency, chargesSaved, type PaymentProvider } from '@vpn-kiosk/domain'

/** Whoever runs the shop may have had the provider allow it meanwhile. */
const refusalDays = 1

/**
 * Whether what is paid with can be kept for auto-renewal of a plan with a price in this currency: the provider charges it again,
 * and has not refused to keep it of late.
 */
export async function maySaveCard(
  em: EntityManager,
  provider: PaymentProvider,
  currency: Currency,
  now: Date,
): Promise<boolean> {
  if (!chargesSaved(provider) || !provider.currencies.includes(currency)) return false
  const refused = { provider: provider.id, savingRefusedAt: { $gt: addDays(now, -refusalDays) } }
  return !(await em.count(ProviderHealthEntity, refused))
}
