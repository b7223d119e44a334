import type { ListsPayments, PaymentProvider } from '@vpn-kiosk/domain'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'
import { shareInFlight } from '../share-in-flight.ts'
import { type CoingateSettings, coingateApiUrl, coingateId, coingateUrlOf, createCoingateClient } from './client.ts'
import { orderListSchema } from './invoice-object.ts'
import { coingateCurrencies, createInvoice, fetchStatus, listPayments } from './invoices.ts'
import { deriveCallbackToken, parseWebhook } from './webhook.ts'

export { type CoingateSettings, coingateApiUrl } from './client.ts'

/**
 * CoinGate: priced in money, paid in coins, on its own page. A refund goes to an address that the payer names, so staff
 * make it by hand, and the shop hears of it.
 */
export function createCoingate(settings: CoingateSettings): PaymentProvider & ListsPayments {
  const { token, publicUrl, receiveCurrency = 'DO_NOT_CONVERT', retryDelaysMs = defaultRetryDelaysMs } = settings
  const askOnce = createCoingateClient(settings)
  const ask: typeof askOnce = (request, schema) => repeatUnknown(retryDelaysMs, () => askOnce(request, schema))
  const callbackUrl = `${publicUrl.replace(/\/+$/, '')}/pay/${coingateId}`
  const tokenFor = (paymentId: Parameters<typeof deriveCallbackToken>[1]) => deriveCallbackToken(token, paymentId)
  return {
    id: coingateId,
    currencies: coingateCurrencies,
    createInvoice: shareInFlight(
      (request) => request.paymentId,
      (request) => createInvoice({ call: askOnce, callbackUrl, receiveCurrency, tokenFor, retryDelaysMs }, request),
    ),
    parseWebhook: async (raw) => parseWebhook(token, raw),
    fetchStatus: (reference) => fetchStatus(ask, reference),
    lists: 'payments',
    listPayments: (since) => listPayments(ask, since),
    probe: async () => {
      await ask({ method: 'GET', path: '/orders?per_page=1' }, orderListSchema)
      const apiUrl = coingateUrlOf(settings)
      const isTest = apiUrl.includes('sandbox') ? true : apiUrl === coingateApiUrl ? false : null
      return { isTest, isEnabled: null, needsReceipts: false, keyExpiresAt: null }
    },
  }
}
