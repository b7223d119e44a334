import type { Clock, ListsPayments, PaymentProvider, Refundable } from '@vpn-kiosk/domain'
import { minuteMs, newId } from '@vpn-kiosk/domain'
import { type Recent, rememberRecent } from '../remember-recent.ts'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'
import { shareInFlight } from '../share-in-flight.ts'
import { createWataClient, readKeyExpiry, type WataSettings, wataApiUrl, wataId } from './client.ts'
import { pageSchema, wataLimits } from './invoice-object.ts'
import { createInvoice, fetchRefund, fetchStatus, listPayments, refundPayment, type Wata } from './invoices.ts'
import { createWebhookKeys, parseWebhook } from './webhook.ts'

export { type WataSettings, wataApiUrl } from './client.ts'

const remembered = 1000

/** Wata, H2H API: cards and SBP on its own page. The clock says when an answer may be asked for again. */
export function createWata(settings: WataSettings, clock: Clock): PaymentProvider & Refundable & ListsPayments {
  const client = createWataClient(settings)
  const retryDelaysMs = settings.retryDelaysMs ?? defaultRetryDelaysMs
  const recent = <T>(): Recent<T> => rememberRecent(remembered)
  const wata: Wata = {
    client,
    clock,
    retryDelaysMs,
    tried: recent(),
    links: recent(),
    pending: recent(),
    heard: recent(),
  }
  const keys = createWebhookKeys(client.fetchPublicKey, clock)
  return {
    id: wataId,
    currencies: ['RUB', 'USD', 'EUR'],
    limits: wataLimits,
    forgetsExpired: true,
    firstCheckMs: 3 * minuteMs,
    refunds: 'part',
    createInvoice: shareInFlight(
      ({ paymentId }) => paymentId,
      (request) => createInvoice(wata, request),
    ),
    parseWebhook: async (raw) => {
      const event = await parseWebhook(keys, raw)
      if (event) wata.heard.keep(event.reference, (wata.heard.recall(event.reference) ?? 0) + 1)
      return event
    },
    fetchStatus: shareInFlight(
      // Whoever asks because of a webhook gets no answer that was under way before.
      (reference) => `${reference} ${wata.heard.recall(reference)}`,
      (reference) => fetchStatus(wata, reference),
    ),
    refundPayment: shareInFlight(
      ({ refundId }) => refundId,
      (request) => refundPayment(wata, request),
    ),
    fetchRefund: (request, reference) => fetchRefund(wata, request, reference),
    lists: 'payments',
    listPayments: (since) => listPayments(wata, since),
    probe: async () => {
      // A question about an order that nobody has asked about before is within every limit.
      const path = `/transactions/?orderId=${newId('payment')}&maxResultCount=1`
      await repeatUnknown(retryDelaysMs, () => client.get(path, pageSchema))
      const { apiUrl = wataApiUrl, token } = settings
      const isTest = apiUrl.includes('sandbox') ? true : apiUrl === wataApiUrl ? false : null
      return { isTest, isEnabled: null, needsReceipts: false, keyExpiresAt: readKeyExpiry(token) }
    },
  }
}
