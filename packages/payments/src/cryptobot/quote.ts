import { addMs, type Clock, type CoinQuote, isBefore, type Money, minuteMs, moneyToDecimal } from '@vpn-kiosk/domain'
import { z } from 'zod'
import type { CallCryptobot } from './client.ts'

/** A rate is shown for so long; one that could not be had is not asked for again as long. */
const keptForMs = minuteMs

const ratesSchema = z.array(
  z.looseObject({
    source: z.string(),
    target: z.string(),
    rate: z.string().regex(/^\d{1,12}(\.\d{1,18})?$/),
    is_valid: z.boolean().optional(),
  }),
)

type Rates = z.infer<typeof ratesSchema>

/**
 * About how much of a coin an amount comes to: of USDT, or else of the first coin that is accepted and has a rate. For
 * reading only, so a `number` will do: the invoice itself is priced in the shop's currency.
 */
export function createQuote(call: CallCryptobot, clock: Clock, assets: readonly string[]) {
  let kept: { readonly until: Date; readonly rates: Promise<Rates> } | null = null
  const getRates = (): Promise<Rates> => {
    const now = clock.now()
    if (!kept || !isBefore(now, kept.until)) {
      const rates = call('getExchangeRates', {}, ratesSchema)
      // Whoever asks handles the failure; the kept promise must not end the process when nobody does.
      rates.catch(() => {})
      kept = { until: addMs(now, keptForMs), rates }
    }
    return kept.rates
  }
  return async (amount: Money): Promise<CoinQuote | null> => {
    const rates = await getRates()
    const coins = assets.length > 0 ? assets : ['USDT']
    for (const coin of coins.includes('USDT') ? ['USDT', ...coins] : coins) {
      const found = rates.find(
        ({ source, target, is_valid }) => source === coin && target === amount.currency && is_valid !== false,
      )
      if (!found || Number(found.rate) <= 0) continue
      const about = Number(moneyToDecimal(amount)) / Number(found.rate)
      return { coins: assets, coin, about: about >= 1 ? about.toFixed(2) : String(Number(about.toPrecision(3))) }
    }
    return null
  }
}
