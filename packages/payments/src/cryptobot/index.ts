import type { Cancelable, Clock, PaymentProvider, QuotesCoins } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'
import { shareInFlight } from '../share-in-flight.ts'
import { type CryptobotSettings, createCryptobotClient, cryptobotId } from './client.ts'
import { cancelInvoice, createInvoice, cryptobotCurrencies, fetchStatus } from './invoices.ts'
import { createQuote } from './quote.ts'
import { deriveWebhookKey, parseWebhook } from './webhook.ts'

export { type CryptobotSettings, cryptobotApiUrl } from './client.ts'

/** Crypto Pay of @CryptoBot: priced in fiat, paid in coins. The clock turns `expiresAt` into the API's `expires_in`. */
export function createCryptobot(settings: CryptobotSettings, clock: Clock): PaymentProvider & Cancelable & QuotesCoins {
  const call = createCryptobotClient(settings)
  const webhookKey = deriveWebhookKey(settings.token)
  const retryDelaysMs = settings.retryDelaysMs ?? defaultRetryDelaysMs
  const assets = settings.assets ?? []
  return {
    id: cryptobotId,
    currencies: cryptobotCurrencies,
    createInvoice: shareInFlight(
      (request) => request.paymentId,
      (request) => createInvoice({ call, clock, retryDelaysMs, assets }, request),
    ),
    parseWebhook: async (raw) => parseWebhook(webhookKey, raw),
    fetchStatus: (reference) => repeatUnknown(retryDelaysMs, () => fetchStatus(call, reference)),
    cancelInvoice: (reference) => repeatUnknown(retryDelaysMs, () => cancelInvoice(call, reference)),
    quoteCoins: createQuote(call, clock, assets),
    probe: async () => {
      await repeatUnknown(retryDelaysMs, () => call('getMe', {}, z.looseObject({ app_id: z.number() })))
      return { isTest: settings.isTestnet ?? null, isEnabled: null, needsReceipts: false, keyExpiresAt: null }
    },
  }
}
