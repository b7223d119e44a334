import type { Cancelable, PaymentProvider } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { createTestClient, type TestProviderSettings, testProviderId } from './client.ts'
import { cancelInvoice, createInvoice, fetchStatus } from './invoices.ts'
import { parseWebhook } from './webhook.ts'

export type { TestProviderSettings } from './client.ts'

/** The demo's provider: a pay page of our own (devnet/src/providers/test-pay), so that a purchase needs nobody's keys. */
export function createTestProvider(settings: TestProviderSettings): PaymentProvider & Cancelable {
  const call = createTestClient(settings)
  return {
    id: testProviderId,
    currencies: ['RUB', 'USD', 'EUR'],
    createInvoice: (request) => createInvoice(call, request),
    parseWebhook: async (raw) => parseWebhook(settings.secret, raw),
    fetchStatus: (reference) => fetchStatus(call, reference),
    cancelInvoice: (reference) => cancelInvoice(call, reference),
    probe: async () => {
      await call({ method: 'GET', path: '/me' }, z.looseObject({ name: z.string() }))
      return { isTest: true, isEnabled: true, needsReceipts: false, keyExpiresAt: null }
    },
  }
}
