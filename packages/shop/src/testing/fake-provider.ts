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
  type Refundable,
  type RefundStatus,
  WebhookRejected,
} from '@vpn-kiosk/domain'

/** A provider in memory. It keeps the port's promises, and fails on request. */
export interface FakeProvider extends PaymentProvider, Cancelable, ListsPayments, Refundable {
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
  /** How refunds end from now on; `done` gives the money back. */
  endRefunds(how: RefundStatus['kind']): void
  /** What was really given back of an invoice, in minor units. */
  givenBack(reference: string): bigint
  setDown(isDown: boolean): void
  /** The next answer is lost after the provider has done its work. */
  loseNextAnswer(): void
  readonly statusCalls: () => number
}

/** What the provider knows, and what a test has it do wrong. */
interface State {
  readonly invoices: Map<string, { paymentId: PaymentId; amount: Money; status: ProviderStatus }>
  listed: readonly ListedPayment[]
  statusCalls: number
  isDown: boolean
  isAnswerLost: boolean
  isHanging: boolean
  isMadeAnew: boolean
  refusal: string | null
  refundsEnd: RefundStatus['kind']
  readonly refunds: Map<string, { readonly reference: string; readonly amount: Money; isDone: boolean }>
}

type Port = Pick<
  FakeProvider,
  | 'createInvoice'
  | 'parseWebhook'
  | 'fetchStatus'
  | 'probe'
  | 'cancelInvoice'
  | 'lists'
  | 'listPayments'
  | 'refunds'
  | 'refundPayment'
  | 'fetchRefund'
>
type Controls = Omit<FakeProvider, keyof Port | 'id' | 'currencies' | 'invoices'>

export function createFakeProvider(id = 'fake', currencies: readonly Currency[] = ['RUB']): FakeProvider {
  const state: State = {
    invoices: new Map(),
    listed: [],
    statusCalls: 0,
    isDown: false,
    isAnswerLost: false,
    isHanging: false,
    isMadeAnew: false,
    refusal: null,
    refundsEnd: 'done',
    refunds: new Map(),
  }
  return { id, currencies, invoices: state.invoices, ...createPort(state), ...createControls(state) }
}

function createPort(state: State): Port {
  const { invoices } = state
  return {
    createInvoice: async ({ paymentId, amount }) => {
      await takeCall(state)
      if (state.isDown) answer(state, null)
      const first = `inv-${paymentId}`
      const reference = state.isMadeAnew && invoices.has(first) ? `${first}-${invoices.size}` : first
      if (!invoices.has(reference)) invoices.set(reference, { paymentId, amount, status: { kind: 'pending' } })
      return answer(state, { reference, url: `https://pay.test/${reference}` })
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
      state.statusCalls += 1
      await takeCall(state)
      return answer(state, invoices.get(reference)?.status ?? { kind: 'canceled', reason: 'unknown' })
    },
    probe: async () => answer(state, { isTest: true, isEnabled: true, needsReceipts: false, keyExpiresAt: null }),
    cancelInvoice: async (reference) => {
      await takeCall(state)
      if (invoices.get(reference)?.status.kind === 'paid') return 'too_late'
      setStatus(state, reference, { kind: 'canceled', reason: 'canceled_by_shop' })
      return 'canceled'
    },
    lists: 'payments',
    async *listPayments() {
      yield state.listed
    },
    refunds: 'part',
    refundPayment: async ({ refundId, reference, amount }) => {
      await takeCall(state)
      if (!state.refunds.has(refundId)) state.refunds.set(refundId, { reference, amount, isDone: false })
      return answer(state, endRefund(state, refundId))
    },
    fetchRefund: async ({ refundId }) => {
      await takeCall(state)
      return answer(state, endRefund(state, refundId))
    },
  }
}

/** Gives the money back once, whatever is asked how often. */
function endRefund(state: State, refundId: string): RefundStatus {
  const refund = state.refunds.get(refundId)!
  if (refund.isDone) return { kind: 'done', reference: `ref-${refundId}` }
  if (state.refundsEnd === 'failed') return { kind: 'failed', reason: 'insufficient_funds' }
  if (state.refundsEnd === 'pending') return { kind: 'pending', reference: `ref-${refundId}` }
  refund.isDone = true
  return { kind: 'done', reference: `ref-${refundId}` }
}

function createControls(state: State): Controls {
  return {
    statusCalls: () => state.statusCalls,
    answer: (reference, status) => setStatus(state, reference, status),
    pay: (reference, received) => {
      const amount = state.invoices.get(reference)?.amount
      if (amount) setStatus(state, reference, { kind: 'paid', received: received ?? amount, paidAt: null })
    },
    cancel: (reference, reason) => setStatus(state, reference, { kind: 'canceled', reason }),
    endRefunds: (how) => {
      state.refundsEnd = how
    },
    givenBack: (of) =>
      [...state.refunds.values()]
        .filter(({ reference, isDone }) => isDone && reference === of)
        .reduce((sum, { amount }) => sum + amount.minor, 0n),
    refuse: (sentence) => {
      state.refusal = sentence
    },
    makeAnew: (isAnew) => {
      state.isMadeAnew = isAnew
    },
    hang: (isHanging) => {
      state.isHanging = isHanging
    },
    list: (payments) => {
      state.listed = payments
    },
    setDown: (isDown) => {
      state.isDown = isDown
    },
    loseNextAnswer: () => {
      state.isAnswerLost = true
    },
  }
}

/** A call arrives: it may be left without an answer, or refused. */
async function takeCall({ isHanging, refusal }: State): Promise<void> {
  if (isHanging) await new Promise(() => {})
  if (refusal !== null) throw new ProviderRefused(refusal)
}

/** The answer goes back: it may be lost on the way. */
function answer<T>(state: State, value: T): T {
  if (!state.isDown && !state.isAnswerLost) return value
  state.isAnswerLost = false
  throw new ProviderUnreachable('the fake provider does not answer')
}

function setStatus({ invoices }: State, reference: string, status: ProviderStatus): void {
  const invoice = invoices.get(reference)
  if (invoice) invoice.status = status
}
