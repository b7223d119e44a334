import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { type CoingateBook, createCoingateBook } from './book.ts'
import { coins, coinsOf, printCoins } from './coins.ts'
import { coingateErrors, registerCoingateApi } from './routes.ts'

export interface CoingateSimulatorOptions extends SimulatorOptions {
  /** Default `cg-devnet`. */
  readonly token?: string | undefined
  /** How the API app is set; a form by default. */
  readonly callbackFormat?: 'form' | 'json' | undefined
}

export interface CoingateSimulator extends ProviderSimulator {
  readonly token: string
  /** Staff give back a part, in the price's currency, or all of it. Resolves like `pay`. */
  refund(reference: string, amount?: string): Promise<void>
}

/**
 * CoinGate API v2: orders in euros and dollars, paid in a coin that the payer chooses first, each with its own callback
 * address and token. Too little is kept until the order expires; too much is paid.
 */
export async function startCoingateSimulator(options: CoingateSimulatorOptions): Promise<CoingateSimulator> {
  const { token = 'cg-devnet', callbackFormat = 'form', clock } = options
  const at = {} as { book: CoingateBook }
  const simulator = await startSimulator((pageUrl) => {
    const book = createCoingateBook({ clock, pageUrl, callbackFormat })
    at.book = book
    return {
      apiPath: '/api/v2',
      book,
      look: {
        title: 'CoinGate',
        accent: '#2f6fed',
        alsoPrice: ({ reference, asked }) => {
          const coin = book.findOrder(reference)?.coin ?? coins[0]
          return `${printCoins(coinsOf(asked.value, coin), coin)} ${coin.symbol}`
        },
        offersMistakes: 'amounts',
        choices: ({ reference }) =>
          book.findOrder(reference)?.status === 'new' ? coins.map(({ symbol }) => symbol) : [],
      },
      errors: coingateErrors,
      registerApi: (app) => registerCoingateApi(app, { book, token, clock }),
    }
  }, options)
  return {
    ...simulator,
    token,
    refund: async (reference, amount) => {
      at.book.refund(reference, amount)
      await simulator.resendWebhook(reference)
    },
  }
}
