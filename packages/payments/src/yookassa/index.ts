import type {
  Cancelable,
  ChargesSaved,
  ListsPayments,
  PaymentProvider,
  ProviderAccount,
  Refundable,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { fieldOf, looseField } from '../loose-text.ts'
import { chargeSaved } from './charge-saved.ts'
import type { YookassaClient } from './client.ts'
import { createYookassaClient, type YookassaSettings, yookassaId } from './client.ts'
import { cancelInvoice, createInvoice, fetchRefund, fetchStatus, listPayments, refundPayment } from './invoices.ts'
import type { ReceiptSettings } from './receipt.ts'
import { createSourceGuard, parseWebhook, yookassaWebhookSources } from './webhook.ts'

export { type YookassaSettings, yookassaApiUrl } from './client.ts'
export { yookassaWebhookSources } from './webhook.ts'

const defaultReceipts: ReceiptSettings = {
  vatCode: 1,
  taxSystem: null,
  paymentSubject: 'service',
  paymentMode: 'full_payment',
}

/** By the API's names, in the order in which a customer of a new shop sees them. */
const yookassaMethods = ['sbp', 'bank_card', 'yoo_money'] as const

/** YooKassa, API v3: cards, SBP, YooMoney on its own page. Throws at once when an entry of `allowedIps` cannot be read. */
export function createYookassa(
  settings: YookassaSettings,
): PaymentProvider & Cancelable & Refundable & ListsPayments & ChargesSaved {
  const client = createYookassaClient(settings)
  const receipts = settings.receipts ?? defaultReceipts
  const assertSource = createSourceGuard(settings.allowedIps ?? yookassaWebhookSources)
  return {
    id: yookassaId,
    currencies: ['RUB'],
    methods: yookassaMethods,
    sendsReceipts: true,
    refunds: 'part',
    createInvoice: (request) => createInvoice(client, receipts, request),
    parseWebhook: async (raw) => parseWebhook(assertSource, raw),
    fetchStatus: (reference) => fetchStatus(client, reference),
    cancelInvoice: (reference) => cancelInvoice(client, reference),
    refundPayment: (request) => refundPayment(client, receipts, request),
    fetchRefund: (request, reference) => fetchRefund(client, request, reference),
    chargeSaved: (request) => chargeSaved(client, receipts, request),
    lists: 'payments',
    listPayments: (since) => listPayments(client, since),
    probe: () => readAccount(client),
  }
}

const accountSchema = z.looseObject({
  account_id: z.string(),
  test: looseField,
  status: looseField,
  fiscalization: looseField,
  payment_methods: looseField,
})

/** `/me`: whether the shop is a test one, is open, must send receipts (54-FZ), and which methods it has, by its own settings. */
async function readAccount(client: YookassaClient): Promise<ProviderAccount> {
  const { test, status, fiscalization, payment_methods: methods } = await client.get('/me', accountSchema)
  const enabled = fieldOf(fiscalization, 'enabled')
  return {
    isTest: typeof test === 'boolean' ? test : null,
    isEnabled: typeof status === 'string' ? status === 'enabled' : null,
    needsReceipts: typeof enabled === 'boolean' ? enabled : null,
    keyExpiresAt: null,
    methods: Array.isArray(methods) ? methods.filter((method) => typeof method === 'string') : null,
  }
}
