import { randomUUID, sign } from 'node:crypto'
import { addMs, type Clock, minuteMs, money, moneyFromDecimal, moneyToDecimal } from '@vpn-kiosk/domain'
import { createInvoiceShelf } from '../create-invoice-shelf.ts'
import type { InvoiceBook, ReceivedInstead, SimulatedInvoice, Sum } from '../invoice-book.ts'

/** A payment link as the simulator keeps it; `describeLink` prints it as the H2H API does. */
export interface WataLink {
  readonly reference: string
  readonly orderId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly asked: Sum
  readonly description: string
  readonly returnUrl: string
  readonly pageUrl: string
  status: 'Opened' | 'Closed' | 'deleted'
}

export interface WataTransaction {
  readonly id: string
  readonly link: WataLink
  readonly kind: 'Payment' | 'Refund'
  readonly status: 'Paid' | 'Declined'
  readonly sum: Sum
  readonly at: Date
  readonly originalId: string | null
  readonly errorCode: string | null
}

type NewLink = Pick<WataLink, 'orderId' | 'asked' | 'description' | 'returnUrl' | 'expiresAt'>

export interface WataBook extends InvoiceBook {
  open(link: NewLink): WataLink
  /** Those that are not deleted. */
  links(): WataLink[]
  transactions(): readonly WataTransaction[]
  /** A payment on a link that is paid already, such as by a payer with two banks open. */
  payAgain(reference: string): void
  /** Null when no such payment has so much left. */
  refund(originalId: string, value: string): WataTransaction | null
}

export interface WataBookDeps {
  readonly clock: Clock
  /** Signs a webhook's body. */
  readonly sign: (body: string) => Record<string, string>
  readonly pageUrl: (reference: string) => string
}

export function createWataBook({ clock, sign: signBody, pageUrl }: WataBookDeps): WataBook {
  const shelf = createInvoiceShelf<WataLink>(clock)
  const transactions: WataTransaction[] = []
  // The adapter knows a link by its order id, the pay page by its own.
  const resolve = (reference: string): WataLink | null =>
    shelf.find(reference) ?? shelf.all().find(({ orderId }) => orderId === reference) ?? null
  const get = (reference: string): WataLink => shelf.get(resolve(reference)?.reference ?? reference)
  const add = (link: WataLink, made: Partial<WataTransaction> & Pick<WataTransaction, 'status' | 'sum'>) => {
    const blank = {
      id: randomUUID(),
      link,
      kind: 'Payment',
      at: clock.now(),
      originalId: null,
      errorCode: null,
    } as const
    transactions.push({ ...blank, ...made })
  }
  const end = (reference: string, status: WataLink['status']): WataLink =>
    Object.assign(shelf.close(get(reference).reference), { status })
  return {
    open: (asked) => {
      const reference = randomUUID()
      const link: WataLink = {
        ...asked,
        reference,
        createdAt: clock.now(),
        pageUrl: pageUrl(reference),
        status: 'Opened',
      }
      shelf.add(link)
      return link
    },
    links: () => shelf.all().filter(({ status }) => status !== 'deleted'),
    transactions: () => transactions,
    pay: (reference, instead) => {
      const link = end(reference, 'Closed')
      add(link, { status: 'Paid', sum: readPaid(link.asked, instead) })
    },
    payAgain: (reference) => add(get(reference), { status: 'Paid', sum: get(reference).asked }),
    // The link stays open: the payer may try again.
    fail: (reference, reason) =>
      add(get(reference), { status: 'Declined', sum: get(reference).asked, errorCode: reason ?? 'TRA_2999' }),
    expire: (reference) => void end(reference, 'deleted'),
    expireDue: () => {
      for (const { reference } of shelf.due()) end(reference, 'deleted')
      // Nobody is told of a link that ran out.
      return []
    },
    refund: (originalId, value) => {
      const payment = transactions.find(
        ({ id, kind, status }) => id === originalId && kind === 'Payment' && status === 'Paid',
      )
      if (!payment || leftOf(payment, transactions) < moneyFromDecimal(value, 'RUB').minor) return null
      add(payment.link, { kind: 'Refund', status: 'Paid', sum: { ...payment.sum, value }, originalId })
      return transactions.at(-1) ?? null
    },
    find: (reference) => {
      const link = resolve(reference)
      return link && toInvoice(link, transactions)
    },
    list: () => shelf.all().map((link) => toInvoice(link, transactions)),
    webhook: (reference) => {
      const last = transactions.findLast(({ link }) => link === get(reference))
      if (!last) return null
      const body = describeWebhook(last)
      return { body, headers: signBody(body) }
    },
  }
}

const readPaid = (asked: Sum, instead: ReceivedInstead): Sum => ({
  value: instead.amount ?? asked.value,
  currency: instead.currency ?? asked.currency,
})

/** In hundredths, whatever the currency: all have two digits. */
const minorOf = ({ value }: Sum): bigint => moneyFromDecimal(value, 'RUB').minor

const leftOf = (payment: WataTransaction, transactions: readonly WataTransaction[]): bigint =>
  transactions
    .filter(({ originalId }) => originalId === payment.id)
    .reduce((left, { sum }) => left - minorOf(sum), minorOf(payment.sum))

function toInvoice(link: WataLink, transactions: readonly WataTransaction[]): SimulatedInvoice {
  const { reference, orderId, asked, description, returnUrl, createdAt, expiresAt } = link
  const paid = transactions.find((one) => one.link === link && one.kind === 'Payment' && one.status === 'Paid')
  const status = ({ Opened: 'pending', Closed: 'paid', deleted: 'canceled' } as const)[link.status]
  const received = paid?.sum ?? null
  const refunds = transactions.filter((one) => one.link === link && one.kind === 'Refund')
  const refunded = {
    value: moneyToDecimal(
      money(
        refunds.reduce((sum, one) => sum + minorOf(one.sum), 0n),
        'RUB',
      ),
    ),
    currency: asked.currency,
  }
  const common = { reference, asked, received, refunded, description, returnUrl, status, createdAt, expiresAt }
  return { ...common, paymentId: orderId }
}

const terminal = { terminalName: 'VPN Kiosk', terminalPublicId: '3a16b9d0-0000-4000-8000-00000000cafe' }

export const describeLink = (link: WataLink): Record<string, unknown> => ({
  id: link.reference,
  type: 'OneTime',
  amount: Number(link.asked.value),
  currency: link.asked.currency,
  status: link.status,
  url: link.pageUrl,
  ...terminal,
  creationTime: link.createdAt.toISOString(),
  orderId: link.orderId,
  description: link.description,
  successRedirectUrl: link.returnUrl,
  failRedirectUrl: link.returnUrl,
  expirationDateTime: link.expiresAt.toISOString(),
})

/** Three per cent of a payment that came. */
const commissionOf = ({ kind, status, sum }: WataTransaction): number | null =>
  kind === 'Payment' && status === 'Paid' ? Number(moneyToDecimal(money((minorOf(sum) * 3n) / 100n, 'RUB'))) : null

export const describeTransaction = (one: WataTransaction): Record<string, unknown> => ({
  id: one.id,
  type: 'SBP',
  kind: one.kind,
  amount: Number(one.sum.value),
  currency: one.sum.currency,
  status: one.status,
  errorCode: one.errorCode,
  errorDescription: null,
  ...terminal,
  orderId: one.link.orderId,
  paymentLinkId: one.link.reference,
  creationTime: one.at.toISOString(),
  paymentTime: one.status === 'Paid' ? one.at.toISOString() : null,
  totalCommission: commissionOf(one),
  originalTransactionId: one.originalId,
})

const describeWebhook = (one: WataTransaction): string =>
  JSON.stringify({
    transactionType: 'SBP',
    kind: one.kind,
    transactionId: one.id,
    transactionStatus: one.status,
    errorCode: one.errorCode,
    errorDescription: null,
    ...terminal,
    amount: Number(one.sum.value),
    currency: one.sum.currency,
    orderId: one.link.orderId,
    orderDescription: one.link.description,
    paymentTime: one.at.toISOString(),
    commission: commissionOf(one),
    email: null,
    paymentLinkId: one.link.reference,
  })

/** Base64 of RSA PKCS#1 v1.5 with SHA-512 over the body. */
export const signBody = (
  privateKey: Parameters<typeof sign>[2],
  body: string | Uint8Array,
): Record<string, string> => ({
  'x-signature': sign('RSA-SHA512', Buffer.from(body), privateKey).toString('base64'),
})

/** The shortest and the longest life that a link may be given. */
export const linkLife = (now: Date): { readonly from: Date; readonly to: Date } => ({
  from: addMs(now, 10 * minuteMs),
  to: addMs(now, 30 * 24 * 60 * minuteMs),
})
