import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { convertToUsdt, createCryptobotBook, signUpdate } from './book.ts'
import { cryptobotErrors, registerCryptobotApi } from './routes.ts'

export interface CryptobotSimulatorOptions extends SimulatorOptions {
  /** Default `4242:AAdevnet`. */
  readonly token?: string | undefined
}

export interface CryptobotSimulator extends ProviderSimulator {
  readonly token: string
  /** The headers with which the provider would send this body. */
  sign(body: string | Uint8Array): Record<string, string>
}

/** Crypto Pay API 1.5: invoices in fiat, no idempotence key, signed webhooks of payment and of nothing else. */
export async function startCryptobotSimulator(options: CryptobotSimulatorOptions): Promise<CryptobotSimulator> {
  const { token = '4242:AAdevnet', clock } = options
  const simulator = await startSimulator((pageUrl) => {
    const book = createCryptobotBook({ clock, token, pageUrl })
    return {
      apiPath: '/api',
      book,
      look: {
        title: 'Crypto Pay',
        accent: '#1d8fe0',
        alsoPrice: (invoice) => `${convertToUsdt(invoice.asked)} USDT`,
        offersMistakes: false,
      },
      errors: cryptobotErrors,
      registerApi: (app) => registerCryptobotApi(app, book, token),
    }
  }, options)
  return { ...simulator, token, sign: (body) => signUpdate(token, body) }
}
