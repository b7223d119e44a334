import { randomUUID } from 'node:crypto'
import { addMs, type Clock, hourMs } from '@vpn-kiosk/domain'
import type { InvoiceBook, ReceivedInstead, SimulatedInvoice, Sum } from '../invoice-book.ts'
import { createInvoiceShelf } from '../open-invoices.ts'

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
  readonly pageUrl: string
  status: PaymentStatus
  amount: Sum
  capturedAt: Date | null
  cancelReason: string | null
}

type NewPayment = Pick<Payment, 'asked' | 'capture' | 'description' | 'metadata' | 'returnUrl'>

export interface YookassaBook extends InvoiceBook {
  open(payment: NewPayment): Payment
  findPayment(reference: string): Payment | null
  payments(): Payment[]
  /** `waiting_for_capture → succeeded`; false when it does not wait for that. */
  capture(payment: Payment, amount: Sum): boolean
  /** Payers of a two-stage shop are only held, whatever the payment says. */
  setTwoStage(isTwoStage: boolean): void
}

export function createYookassaBook(clock: Clock, pageUrl: (reference: string) => string): YookassaBook {
  const shelf = createInvoiceShelf<Payment>(clock)
  let isTwoStage = false
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
    findPayment: shelf.find,
    payments: shelf.all,
    capture: (payment, amount) => {
      if (payment.status !== 'waiting_for_capture') return false
      succeed(payment, amount)
      return true
    },
    setTwoStage: (twoStage) => {
      isTwoStage = twoStage
    },
    pay: (reference, instead) => {
      const payment = shelf.close(reference)
      const amount = readPaid(payment.asked, instead)
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
      if (payment.status === 'pending') return null
      const event = `payment.${payment.status}`
      const body = JSON.stringify({ type: 'notification', event, object: describePayment(payment) })
      return { body, headers: {} }
    },
  }
}

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
  return { reference, paymentId, asked, received, description, returnUrl, status, createdAt, expiresAt }
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
      payment_method: { type: 'bank_card', id: payment.reference, saved: false, title: 'Bank card *4444' },
    }),
    ...(payment.capturedAt && {
      captured_at: payment.capturedAt.toISOString(),
      refunded_amount: { value: '0.00', currency: payment.amount.currency },
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
