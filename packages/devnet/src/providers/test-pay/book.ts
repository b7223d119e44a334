import { createHmac } from 'node:crypto'
import { type Clock, randomText } from '@vpn-kiosk/domain'
import { createInvoiceShelf } from '../create-invoice-shelf.ts'
import type { InvoiceBook, SimulatedInvoice, Sum } from '../invoice-book.ts'

export interface TestInvoice {
  readonly reference: string
  readonly paymentId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly asked: Sum
  readonly description: string
  readonly returnUrl: string
  readonly pageUrl: string
  status: 'pending' | 'paid' | 'canceled'
  received: Sum | null
  paidAt: Date | null
  reason: string | null
}

type NewTestInvoice = Pick<TestInvoice, 'paymentId' | 'expiresAt' | 'asked' | 'description' | 'returnUrl'>

export interface TestPayBook extends InvoiceBook {
  /** One invoice for each payment id, however often it is asked. */
  ensure(invoice: NewTestInvoice): TestInvoice
  findInvoice(reference: string): TestInvoice | null
}

export interface TestBookDeps {
  readonly clock: Clock
  readonly secret: string
  readonly pageUrl: (reference: string) => string
}

export function createTestPayBook({ clock, secret, pageUrl }: TestBookDeps): TestPayBook {
  const shelf = createInvoiceShelf<TestInvoice>(clock)
  const byPayment = new Map<string, TestInvoice>()
  const cancel = (reference: string, reason: string) =>
    void Object.assign(shelf.close(reference), { status: 'canceled', reason })
  return {
    ensure: (asked) => {
      const earlier = byPayment.get(asked.paymentId)
      if (earlier) return earlier
      const invoice = openInvoice(clock.now(), pageUrl, asked)
      byPayment.set(asked.paymentId, invoice)
      shelf.add(invoice)
      return invoice
    },
    findInvoice: shelf.find,
    pay: (reference, { amount, currency }) => {
      const invoice = shelf.close(reference)
      const received = { value: amount ?? invoice.asked.value, currency: currency ?? invoice.asked.currency }
      Object.assign(invoice, { status: 'paid', received, paidAt: clock.now() })
    },
    fail: (reference, reason) => cancel(reference, reason ?? 'declined'),
    expire: (reference) => cancel(reference, 'expired'),
    expireDue: () =>
      shelf.due().map(({ reference }) => {
        cancel(reference, 'expired')
        return reference
      }),
    find: (reference) => {
      const invoice = shelf.find(reference)
      return invoice && toInvoice(invoice)
    },
    list: () => shelf.all().map(toInvoice),
    webhook: (reference) => {
      const invoice = shelf.get(reference)
      if (invoice.status === 'pending') return null
      const event = `invoice.${invoice.status}`
      const body = JSON.stringify({ event, invoice: describeTestInvoice(invoice) })
      return { body, headers: signEvent(secret, body) }
    },
  }
}

/** Lower-case hex HMAC-SHA256 of the body, under the secret. */
export const signEvent = (secret: string, body: string | Uint8Array): Record<string, string> => ({
  'x-test-signature': createHmac('sha256', secret).update(body).digest('hex'),
})

function openInvoice(now: Date, pageUrl: (reference: string) => string, asked: NewTestInvoice): TestInvoice {
  const reference = `inv_${randomText(16)}`
  return {
    ...asked,
    reference,
    createdAt: now,
    pageUrl: pageUrl(reference),
    status: 'pending',
    received: null,
    paidAt: null,
    reason: null,
  }
}

function toInvoice({ pageUrl: _page, paidAt: _paidAt, reason: _reason, ...invoice }: TestInvoice): SimulatedInvoice {
  return invoice
}

export const describeTestInvoice = (invoice: TestInvoice): Record<string, unknown> => ({
  id: invoice.reference,
  payment_id: invoice.paymentId,
  status: invoice.status,
  url: invoice.pageUrl,
  amount: invoice.asked,
  received: invoice.received,
  paid_at: invoice.paidAt?.toISOString() ?? null,
  reason: invoice.reason,
})
