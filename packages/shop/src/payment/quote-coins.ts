import { type CoinQuote, type Money, type ProviderId, quotesCoins } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** A customer waits for the invoice, not for this. */
const patienceMs = 1500

/** About how much of a coin an amount comes to at this provider; null where it takes none, or does not say at once. */
export async function quoteCoins(
  { providers }: Pick<ShopDeps, 'providers'>,
  providerId: ProviderId,
  amount: Money,
): Promise<CoinQuote | null> {
  const provider = providers.get(providerId)
  if (!provider || !quotesCoins(provider)) return null
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs)
  })
  try {
    return await Promise.race([provider.quoteCoins(amount), late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
