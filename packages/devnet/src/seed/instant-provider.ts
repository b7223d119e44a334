import type { PaymentProvider } from '@vpn-kiosk/domain'

/** A provider whose invoices are paid at once: history is made with it, nothing else. */
export function createInstantProvider(id: string): PaymentProvider {
  const asked = new Map<string, Parameters<PaymentProvider['createInvoice']>[0]['amount']>()
  return {
    id,
    currencies: ['RUB'],
    createInvoice: async ({ paymentId, amount }) => {
      const reference = `history-${paymentId}`
      asked.set(reference, amount)
      return { reference, url: 'https://example.com/paid' }
    },
    parseWebhook: async () => null,
    fetchStatus: async (reference) => {
      const received = asked.get(reference)
      return received ? { kind: 'paid', received, paidAt: null } : { kind: 'pending' }
    },
    probe: async () => ({ isTest: true, isEnabled: true, needsReceipts: false, keyExpiresAt: null }),
  }
}
