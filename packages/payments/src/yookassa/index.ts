import type { Cancelable, ListsPayments, PaymentProvider } from '@vpn-kiosk/domain'
import { cancelInvoice } from './cancel-invoice.ts'
import { createYookassaClient, type YookassaSettings, yookassaId } from './client.ts'
import { createInvoice } from './create-invoice.ts'
import { fetchStatus } from './fetch-status.ts'
import { listPayments } from './list-payments.ts'
import { createSourceGuard, yookassaNoticeSources } from './notice-sources.ts'
import { readAccount } from './read-account.ts'
import { readNotice } from './read-notice.ts'

export { type YookassaSettings, yookassaApiUrl } from './client.ts'
export { yookassaNoticeSources } from './notice-sources.ts'

/** YooKassa, API v3: cards, SBP, YooMoney on its own page. Throws at once when an entry of `allowedIps` cannot be read. */
export function createYookassa(settings: YookassaSettings): PaymentProvider & Cancelable & ListsPayments {
  const client = createYookassaClient(settings)
  const assertSource = createSourceGuard(settings.allowedIps ?? yookassaNoticeSources)
  return {
    id: yookassaId,
    currencies: ['RUB'],
    createInvoice: (request) => createInvoice(client, request),
    readNotice: async (raw) => readNotice(assertSource, raw),
    fetchStatus: (reference) => fetchStatus(client, reference),
    cancelInvoice: (reference) => cancelInvoice(client, reference),
    listPayments: (since) => listPayments(client, since),
    probe: () => readAccount(client),
  }
}
