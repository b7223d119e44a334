import {
  type CancelReason,
  type Currency,
  type Money,
  NoticeRejected,
  type PaymentId,
  type PaymentProvider,
  type ProviderStatus,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'

/** A provider in memory. It keeps the port's promises, and fails on request. */
export interface FakeProvider extends PaymentProvider {
  readonly invoices: ReadonlyMap<
    string,
    { readonly paymentId: PaymentId; readonly amount: Money; status: ProviderStatus }
  >
  pay(reference: string, received?: Money): void
  cancel(reference: string, reason: CancelReason): void
  setDown(isDown: boolean): void
  /** The next answer is lost after the provider has done its work. */
  loseNextAnswer(): void
  readonly statusCalls: () => number
}

export function createFakeProvider(id = 'fake', currencies: readonly Currency[] = ['RUB']): FakeProvider {
  const invoices = new Map<string, { paymentId: PaymentId; amount: Money; status: ProviderStatus }>()
  let isDown = false
  let isAnswerLost = false
  let statusCalls = 0
  const answer = <T>(value: T): T => {
    if (isDown || isAnswerLost) {
      isAnswerLost = false
      throw new ProviderUnreachable('the fake provider does not answer')
    }
    return value
  }
  return {
    id,
    currencies,
    invoices,
    statusCalls: () => statusCalls,
    createInvoice: async ({ paymentId, amount }) => {
      if (isDown) answer(null)
      const reference = `inv-${paymentId}`
      if (!invoices.has(reference)) invoices.set(reference, { paymentId, amount, status: { kind: 'pending' } })
      return answer({ reference, url: `https://pay.test/${reference}` })
    },
    readNotice: async ({ body }) => {
      const text = new TextDecoder().decode(body)
      const [, reference] = /^paid (\S+)$/.exec(text) ?? []
      if (!reference) throw new NoticeRejected('not a notice of the fake provider')
      return {
        about: 'payment',
        reference,
        paymentId: invoices.get(reference)?.paymentId ?? null,
        key: `paid:${reference}`,
        summary: { reference },
      }
    },
    fetchStatus: async (reference) => {
      statusCalls += 1
      return answer(invoices.get(reference)?.status ?? { kind: 'canceled', reason: 'unknown' })
    },
    probe: async () => answer({ isTest: true, isEnabled: true, needsReceipts: false }),
    pay: (reference, received) => {
      const invoice = invoices.get(reference)
      if (invoice) invoice.status = { kind: 'paid', received: received ?? invoice.amount, paidAt: null }
    },
    cancel: (reference, reason) => {
      const invoice = invoices.get(reference)
      if (invoice) invoice.status = { kind: 'canceled', reason }
    },
    setDown: (value) => {
      isDown = value
    },
    loseNextAnswer: () => {
      isAnswerLost = true
    },
  }
}
