import type { Cancelable, ListsPayments, PaymentProvider } from '@vpn-kiosk/domain'
import { cancelInvoice } from './cancel-invoice.ts'
import { createYookassaClient, type YookassaSettings, yookassaId } from './client.ts'
import { createInvoice } from './create-invoice.ts'
import { fetchStatus } from './fetch-status.ts'
import { listPayments } from './list-payments.ts'
import { parseWebhook } from './parse-webhook.ts'
import { readAccount } from './read-account.ts'
import { createSourceGuard, yookassaWebhookSources } from './webhook-sources.ts'

export { type YookassaSettings, yookassaApiUrl } from './client.ts'
export { yookassaWebhookSources } from './webhook-sources.ts'

/** YooKassa, API v3: cards, SBP, YooMoney on its own page. Throws at once when an entry of `allowedIps` cannot be read. */
export function createYookassa(settings: YookassaSettings): PaymentProvider & Cancelable & ListsPayments {
  const client = createYookassaClient(settings)
  const assertSource = createSourceGuard(settings.allowedIps ?? yookassaWebhookSources)
  return {
    id: yookassaId,
    currencies: ['RUB'],
    createInvoice: (request) => createInvoice(client, request),
    parseWebhook: async (raw) => parseWebhook(assertSource, raw),
    fetchStatus: (reference) => fetchStatus(client, reference),
    cancelInvoice: (reference) => cancelInvoice(client, reference),
    listPayments: (since) => listPayments(client, since),
    probe: () => readAccount(client),
  }
}
