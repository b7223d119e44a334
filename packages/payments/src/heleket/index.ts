import { type Clock, newId, type PaymentProvider } from '@vpn-kiosk/domain'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'
import { shareInFlight } from '../share-in-flight.ts'
import { createHeleketClient, type HeleketSettings, heleketId } from './client.ts'
import { createInvoice, fetchStatus, findInvoice, heleketCurrencies } from './invoices.ts'
import { parseWebhook } from './webhook.ts'

export type { HeleketSettings } from './client.ts'

/**
 * Heleket (the protocol of Cryptomus): priced in money, paid in coins, on its own page. The clock turns `expiresAt` into
 * `lifetime`. Known from its documents and from other shops' code alone, and there is no sandbox. Not verified:
 * that an unknown invoice is answered with 404 or 422, and a wrong key with another 4xx; that an `order_id` which is there
 * already gives its invoice instead of a second one, for which reason it is looked for first; that `updated_at` of a paid
 * invoice is when it was paid; in what `commission` is counted, so that no fee is told; how a refund by API answers, so
 * that staff make it by hand; that webhooks come from 31.133.220.8 alone, which is not asked for.
 */
export function createHeleket(settings: HeleketSettings, clock: Clock): PaymentProvider {
  const { apiKey, publicUrl, retryDelaysMs = defaultRetryDelaysMs } = settings
  const call = createHeleketClient(settings)
  const callbackUrl = `${publicUrl.replace(/\/+$/, '')}/pay/${heleketId}`
  return {
    id: heleketId,
    currencies: heleketCurrencies,
    createInvoice: shareInFlight(
      (request) => request.paymentId,
      (request) => createInvoice({ call, clock, callbackUrl, retryDelaysMs }, request),
    ),
    parseWebhook: async (raw) => parseWebhook(apiKey, raw),
    fetchStatus: (reference) => repeatUnknown(retryDelaysMs, () => fetchStatus(call, reference)),
    probe: async () => {
      // Asks for an invoice that nobody made: the keys work when it is said not to be there.
      await repeatUnknown(retryDelaysMs, () => findInvoice(call, { order_id: newId('payment') }))
      return { isTest: false, isEnabled: null, needsReceipts: false, keyExpiresAt: null }
    },
  }
}
