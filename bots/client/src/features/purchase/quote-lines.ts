import type { CoinQuote } from '@vpn-kiosk/domain'
import type { Translator } from '@vpn-kiosk/telegram'

/** About what is paid in coins, and in which. */
export const quoteLines = (t: Translator, quote: CoinQuote | null | undefined): string[] =>
  quote
    ? [
        t('invoice-coins', { about: quote.about, coin: quote.coin }),
        ...(quote.coins.length > 0 ? [t('invoice-coins-which', { coins: quote.coins.join(', ') })] : []),
      ]
    : []
