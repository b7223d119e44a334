import {
  type Cancelable,
  type CancelReason,
  type Currency,
  type ListedPayment,
  type ListsPayments,
  type Money,
  type PaymentId,
  type PaymentProvider,
  ProviderRefused,
  type ProviderStatus,
  ProviderUnreachable,
  type Received,
  WebhookRejected,
} from '@vpn-kiosk/domain'

/** A provider in memory. It keeps the port's promises, and fails on request. */
export interface FakeProvider extends PaymentProvider, Cancelable, ListsPayments {
  readonly invoices: ReadonlyMap<
    string,
    { readonly paymentId: PaymentId; readonly amount: Money; status: ProviderStatus }
  >
  pay(reference: string, received?: Received): void
  /** The next status of the invoice, whatever it is. */
  answer(reference: string, status: ProviderStatus): void
  /** Every call is refused with this sentence; null ends it. */
  refuse(sentence: string | null): void
  /** No two calls for one payment give the same invoice, as with a provider without idempotence. */
  makeAnew(isAnew: boolean): void
  /** Calls are taken and never answered. */
  hang(isHanging: boolean): void
  /** What the provider's list says. */
  list(payments: readonly ListedPayment[]): void
  cancel(reference: string, reason: CancelReason): void
  setDown(isDown: boolean): void
  /** The next answer is lost after the provider has done its work. */
  loseNextAnswer(): void
  readonly statusCalls: () => number
}

export function createFakeProvider(id = 'fake', currencies: readonly Currency[] = ['RUB']): FakeProvider {
  const invoices = new Map<string, { paymentId: PaymentId; amount: Money; status: ProviderStatus }>()
  let isDown = false
  let refusal: string | null = null
  let isMadeAnew = false
  let isHanging = false
  let listed: readonly ListedPayment[] = []
  const ask = async (): Promise<void> => {
    if (isHanging) await new Promise(() => {})
    if (refusal !== null) throw new ProviderRefused(refusal)
  }
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
      await ask()
      if (isDown) answer(null)
      const reference =
        isMadeAnew && invoices.has(`inv-${paymentId}`) ? `inv-${paymentId}-${invoices.size}` : `inv-${paymentId}`
      if (!invoices.has(reference)) invoices.set(reference, { paymentId, amount, status: { kind: 'pending' } })
      return answer({ reference, url: `https://pay.test/${reference}` })
    },
    parseWebhook: async ({ body }) => {
      const text = new TextDecoder().decode(body)
      const [, event, reference] = /^(paid|refund) (\S+)$/.exec(text) ?? []
      if (!event || !reference) throw new WebhookRejected('not a webhook of the fake provider')
      return {
        about: event === 'refund' ? 'refund' : 'payment',
        reference,
        paymentId: invoices.get(reference)?.paymentId ?? null,
        key: `${event}:${reference}`,
        summary: { reference },
      }
    },
    fetchStatus: async (reference) => {
      statusCalls += 1
      await ask()
      return answer(invoices.get(reference)?.status ?? { kind: 'canceled', reason: 'unknown' })
    },
    probe: async () => answer({ isTest: true, isEnabled: true, needsReceipts: false }),
    cancelInvoice: async (reference) => {
      await ask()
      const invoice = invoices.get(reference)
      if (invoice?.status.kind === 'paid') return 'too_late'
      if (invoice) invoice.status = { kind: 'canceled', reason: 'canceled_by_shop' }
      return 'canceled'
    },
    async *listPayments() {
      yield listed
    },
    answer: (reference, status) => {
      const invoice = invoices.get(reference)
      if (invoice) invoice.status = status
    },
    refuse: (sentence) => {
      refusal = sentence
    },
    makeAnew: (isAnew) => {
      isMadeAnew = isAnew
    },
    hang: (value) => {
      isHanging = value
    },
    list: (payments) => {
      listed = payments
    },
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
