import { randomUUID } from 'node:crypto'
import { addMs, type Clock, hourMs, money, moneyFromDecimal, moneyToDecimal } from '@vpn-kiosk/domain'
import { createInvoiceShelf } from '../create-invoice-shelf.ts'
import type { InvoiceBook, ReceivedInstead, SimulatedInvoice, Sum } from '../invoice-book.ts'
import { createSavedMethods, describeMethod, type SavedMethod, type SavedMethods } from './saved-methods.ts'

type PaymentStatus = 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled'

/** A payment as the simulator keeps it; `describePayment` prints it as API v3 does. */
export interface Payment {
  readonly reference: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly asked: Sum
  readonly capture: boolean
  readonly description: string
  readonly metadata: Readonly<Record<string, string>>
  readonly returnUrl: string
  /** The only one on its page; null = the payer chooses there. */
  readonly method: string | null
  readonly receipt: unknown
  /** What is paid with is to be kept. */
  readonly savesMethod: boolean
  readonly pageUrl: string
  status: PaymentStatus
  amount: Sum
  capturedAt: Date | null
  cancelReason: string | null
  /** What has been given back, in kopecks. */
  refundedMinor: bigint
  /** What it was paid with, and was kept. */
  saved: SavedMethod | null
}

/** A refund as the simulator keeps it; `describeRefund` prints it. */
export interface Refund {
  readonly id: string
  readonly payment: Payment
  readonly amount: Sum
  readonly description: string
  readonly createdAt: Date
  status: 'pending' | 'succeeded' | 'canceled'
  cancelReason: string | null
}

/** What becomes of the refunds that are asked for. */
export type RefundMode = 'succeeded' | 'pending' | 'canceled'

type NewPayment = Pick<
  Payment,
  'asked' | 'capture' | 'description' | 'metadata' | 'method' | 'receipt' | 'returnUrl' | 'savesMethod'
>

export interface YookassaBook extends InvoiceBook, SavedMethods {
  open(payment: NewPayment): Payment
  /** A payment without a page, which ends at once. */
  charge(payment: NewPayment, saved: SavedMethod): Payment
  findPayment(reference: string): Payment | null
  payments(): Payment[]
  /** `waiting_for_capture → succeeded`; false when it does not wait for that. */
  capture(payment: Payment, amount: Sum): boolean
  /** Null when it is more than what is left of the payment. */
  refund(payment: Payment, amount: Sum, description: string): Refund | null
  findRefund(id: string): Refund | null
  setRefundMode(mode: RefundMode): void
  /** Ends every pending refund; returns the payments whose refunds were given. */
  settleRefunds(): string[]
  /** Each payment must have a receipt. */
  isFiscal(): boolean
  setFiscal(isFiscal: boolean): void
  /** What the account may collect by. */
  methods(): readonly string[]
  setMethods(methods: readonly string[]): void
  /** Payers of a two-stage shop are only held, whatever the payment says. */
  setTwoStage(isTwoStage: boolean): void
}

export function createYookassaBook(clock: Clock, pageUrl: (reference: string) => string): YookassaBook {
  const shelf = createInvoiceShelf<Payment>(clock)
  const refunds = createRefunds(clock)
  const saved = createSavedMethods()
  let isTwoStage = false
  let isFiscal = false
  let methods: readonly string[] = ['bank_card', 'sbp', 'yoo_money']
  const cancel = (reference: string, reason: string) => {
    Object.assign(shelf.close(reference), { status: 'canceled', cancelReason: reason })
  }
  const succeed = (payment: Payment, amount: Sum) => {
    Object.assign(payment, { status: 'succeeded', amount, capturedAt: clock.now() })
  }
  return {
    open: (asked) => {
      const payment = openPayment(clock.now(), pageUrl, asked)
      shelf.add(payment)
      return payment
    },
    charge: (asked, by) => {
      const payment = openPayment(clock.now(), () => '', asked)
      shelf.add(payment)
      shelf.close(payment.reference)
      payment.saved = by
      const decline = saved.declineOf(by)
      if (decline) Object.assign(payment, { status: 'canceled', cancelReason: decline })
      else succeed(payment, payment.asked)
      return payment
    },
    ...saved,
    findPayment: shelf.find,
    payments: shelf.all,
    capture: (payment, amount) => {
      if (payment.status !== 'waiting_for_capture') return false
      succeed(payment, amount)
      return true
    },
    ...refunds,
    isFiscal: () => isFiscal,
    setFiscal: (fiscal) => {
      isFiscal = fiscal
    },
    methods: () => methods,
    setMethods: (wanted) => {
      methods = wanted
    },
    setTwoStage: (twoStage) => {
      isTwoStage = twoStage
    },
    pay: (reference, instead) => {
      const payment = shelf.close(reference)
      const amount = readPaid(payment.asked, instead)
      if (payment.savesMethod) payment.saved = saved.save(payment)
      if (payment.capture && !isTwoStage) succeed(payment, amount)
      else Object.assign(payment, { status: 'waiting_for_capture', amount })
    },
    fail: (reference, reason) => cancel(reference, reason ?? 'general_decline'),
    expire: (reference) => cancel(reference, 'expired_on_confirmation'),
    expireDue: () =>
      shelf.due().map(({ reference }) => {
        cancel(reference, 'expired_on_confirmation')
        return reference
      }),
    find: (reference) => {
      const payment = shelf.find(reference)
      return payment && toInvoice(payment)
    },
    list: () => shelf.all().map(toInvoice),
    webhook: (reference) => {
      const payment = shelf.get(reference)
      const refund = refunds.lastGiven(payment)
      if (refund) return { body: writeWebhook('refund.succeeded', describeRefund(refund)), headers: {} }
      if (payment.status === 'pending') return null
      return { body: writeWebhook(`payment.${payment.status}`, describePayment(payment)), headers: {} }
    },
  }
}

const writeWebhook = (event: string, object: unknown): string => JSON.stringify({ type: 'notification', event, object })

const minorOf = ({ value }: Sum): bigint => moneyFromDecimal(value, 'RUB').minor

/** The rest of a payment is what came less all refunds of it, also those that are still pending. */
function createRefunds(clock: Clock) {
  const all: Refund[] = []
  let mode: RefundMode = 'succeeded'
  const give = (refund: Refund) => {
    refund.status = 'succeeded'
    refund.payment.refundedMinor += minorOf(refund.amount)
  }
  const restOf = (payment: Payment) =>
    all
      .filter((one) => one.payment === payment && one.status !== 'canceled')
      .reduce((rest, { amount }) => rest - minorOf(amount), minorOf(payment.amount))
  return {
    refund: (payment: Payment, amount: Sum, description: string): Refund | null => {
      if (payment.status !== 'succeeded' || restOf(payment) < minorOf(amount)) return null
      const refund: Refund = {
        id: randomUUID(),
        payment,
        amount,
        description,
        createdAt: clock.now(),
        status: 'pending',
        cancelReason: null,
      }
      all.push(refund)
      if (mode === 'succeeded') give(refund)
      if (mode === 'canceled') Object.assign(refund, { status: 'canceled', cancelReason: 'insufficient_funds' })
      return refund
    },
    findRefund: (id: string) => all.find((refund) => refund.id === id) ?? null,
    lastGiven: (payment: Payment) => all.findLast((one) => one.payment === payment && one.status === 'succeeded'),
    setRefundMode: (wanted: RefundMode) => {
      mode = wanted
    },
    settleRefunds: () => {
      const pending = all.filter(({ status }) => status === 'pending')
      for (const refund of pending) give(refund)
      return [...new Set(pending.map(({ payment }) => payment.reference))]
    },
  }
}

/** The Refund object of API v3. */
export const describeRefund = (refund: Refund): Record<string, unknown> => ({
  id: refund.id,
  payment_id: refund.payment.reference,
  status: refund.status,
  amount: refund.amount,
  created_at: refund.createdAt.toISOString(),
  description: refund.description,
  ...(refund.cancelReason && { cancellation_details: { party: 'yoo_money', reason: refund.cancelReason } }),
})

function openPayment(now: Date, pageUrl: (reference: string) => string, asked: NewPayment): Payment {
  const reference = randomUUID()
  return {
    ...asked,
    reference,
    createdAt: now,
    // The methods' own pay term; API v3 has no parameter for it.
    expiresAt: addMs(now, hourMs),
    pageUrl: pageUrl(reference),
    status: 'pending',
    amount: asked.asked,
    capturedAt: null,
    cancelReason: null,
    refundedMinor: 0n,
    saved: null,
  }
}

const readPaid = (asked: Sum, instead: ReceivedInstead): Sum => ({
  value: instead.amount ?? asked.value,
  currency: instead.currency ?? asked.currency,
})

function toInvoice(payment: Payment): SimulatedInvoice {
  const statuses = { pending: 'pending', waiting_for_capture: 'held', succeeded: 'paid', canceled: 'canceled' } as const
  const { reference, asked, description, returnUrl, createdAt, expiresAt } = payment
  const status = statuses[payment.status]
  const received = status === 'paid' ? payment.amount : null
  const paymentId = payment.metadata.payment_id ?? null
  const refunded = describeRefunded(payment)
  return { reference, paymentId, asked, received, refunded, description, returnUrl, status, createdAt, expiresAt }
}

const describeRefunded = ({ refundedMinor, amount }: Payment): Sum => ({
  value: moneyToDecimal(money(refundedMinor, 'RUB')),
  currency: amount.currency,
})

/** YooKassa keeps three and a half per cent. */
function describeIncome(amount: Sum): Sum {
  const minor = minorOf(amount)
  return { ...amount, value: moneyToDecimal(money(minor - (minor * 35n) / 1000n, 'RUB')) }
}

/** The Payment object of API v3, with the fields that its state has. */
export function describePayment(payment: Payment): Record<string, unknown> {
  const isPaid = payment.status === 'waiting_for_capture' || payment.status === 'succeeded'
  return {
    id: payment.reference,
    status: payment.status,
    paid: isPaid,
    amount: payment.amount,
    created_at: payment.createdAt.toISOString(),
    description: payment.description,
    metadata: payment.metadata,
    recipient: { account_id: '100500', gateway_id: '100700' },
    refundable: payment.status === 'succeeded',
    test: true,
    ...(payment.status === 'pending' && { confirmation: { type: 'redirect', confirmation_url: payment.pageUrl } }),
    ...(isPaid && {
      payment_method: describeMethod(payment),
    }),
    ...(payment.capturedAt && {
      captured_at: payment.capturedAt.toISOString(),
      income_amount: describeIncome(payment.amount),
      refunded_amount: describeRefunded(payment),
    }),
    ...(payment.cancelReason && { cancellation_details: describeCancellation(payment.cancelReason) }),
  }
}

function describeCancellation(reason: string): { party: string; reason: string } {
  const party = reason.startsWith('expired')
    ? 'yoo_money'
    : reason === 'canceled_by_merchant'
      ? 'merchant'
      : 'payment_network'
  return { party, reason }
}
