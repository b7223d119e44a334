import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { createHeleketBook, type HeleketBook, printCoins, signWebhook } from './book.ts'
import { heleketErrors, registerHeleketApi } from './routes.ts'

export interface HeleketSimulatorOptions extends SimulatorOptions {
  readonly merchant?: string | undefined
  readonly apiKey?: string | undefined
}

export interface HeleketSimulator extends ProviderSimulator {
  readonly merchant: string
  readonly apiKey: string
  /** The body as the provider would send it: with its signature in it. */
  sign(body: string): string
  /** Staff give all of it back. Resolves like `pay`. */
  refund(reference: string): Promise<void>
}

/** Heleket v1: invoices in money, paid in USDT; too little waits for the rest until the invoice's time is over. */
export async function startHeleketSimulator(options: HeleketSimulatorOptions): Promise<HeleketSimulator> {
  const { merchant = '8b03432e-385b-4670-8d06-064591096795', apiKey = 'heleket-devnet', clock } = options
  const at = {} as { book: HeleketBook }
  const simulator = await startSimulator((pageUrl) => {
    const book = createHeleketBook({ clock, apiKey, pageUrl })
    at.book = book
    return {
      apiPath: '/v1',
      book,
      look: {
        title: 'Heleket',
        accent: '#111827',
        alsoPrice: ({ asked }) => `${printCoins(asked)} USDT`,
        offersMistakes: 'amounts',
      },
      errors: heleketErrors,
      registerApi: (app) => registerHeleketApi(app, { book, merchant, apiKey }),
    }
  }, options)
  return {
    ...simulator,
    // The adapter adds the path of the version itself.
    apiUrl: simulator.url,
    merchant,
    apiKey,
    sign: (body) => signWebhook(body, apiKey),
    refund: async (reference) => {
      at.book.refund(reference)
      await simulator.resendWebhook(reference)
    },
  }
}
