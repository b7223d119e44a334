import { createHash, randomUUID } from 'node:crypto'
import { addMs, type Clock, money, moneyFromDecimal, moneyToDecimal } from '@vpn-kiosk/domain'
import { createInvoiceShelf } from '../create-invoice-shelf.ts'
import type { InvoiceBook, SimulatedInvoice, Sum } from '../invoice-book.ts'

type Status =
  | 'check'
  | 'wrong_amount_waiting'
  | 'paid'
  | 'paid_over'
  | 'wrong_amount'
  | 'cancel'
  | 'fail'
  | 'refund_paid'

export interface HeleketInvoice {
  readonly reference: string
  readonly orderId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly asked: Sum
  readonly returnUrl: string
  readonly callbackUrl: string | null
  readonly isMultiple: boolean
  readonly pageUrl: string
  status: Status
  updatedAt: Date
  /** In millionths of a USDT. */
  received: bigint
}

interface NewHeleketInvoice
  extends Pick<HeleketInvoice, 'orderId' | 'asked' | 'returnUrl' | 'callbackUrl' | 'isMultiple'> {
  readonly lifetimeMs: number
}

export interface HeleketBook extends InvoiceBook {
  /** One invoice for each order id, however often it is asked. */
  ensure(invoice: NewHeleketInvoice): HeleketInvoice
  findInvoice(sought: {
    readonly uuid?: string | undefined
    readonly orderId?: string | undefined
  }): HeleketInvoice | null
  refund(reference: string): void
}

export interface HeleketBookDeps {
  readonly clock: Clock
  readonly apiKey: string
  readonly pageUrl: (reference: string) => string
}

export function createHeleketBook({ clock, apiKey, pageUrl }: HeleketBookDeps): HeleketBook {
  const shelf = createInvoiceShelf<HeleketInvoice>(clock)
  const byOrder = new Map<string, HeleketInvoice>()
  const move = (invoice: HeleketInvoice, status: Status) => {
    Object.assign(invoice, { status, updatedAt: clock.now() })
  }
  const end = (reference: string, status: Status) => move(shelf.close(reference), status)
  const expire = (reference: string) => end(reference, shelf.get(reference).received > 0n ? 'wrong_amount' : 'cancel')
  return {
    ensure: (asked) => {
      const earlier = byOrder.get(asked.orderId)
      if (earlier) return earlier
      const invoice = openInvoice(clock.now(), pageUrl, asked)
      byOrder.set(asked.orderId, invoice)
      shelf.add(invoice)
      return invoice
    },
    findInvoice: ({ uuid, orderId }) => (uuid ? shelf.find(uuid) : (byOrder.get(orderId ?? '') ?? null)),
    pay: (reference, { amount }) => {
      const invoice = shelf.get(reference)
      const isOpen = invoice.status === 'check' || invoice.status === 'wrong_amount_waiting'
      if (!isOpen) throw new Error(`invoice ${reference} no longer waits for money`)
      invoice.received += coinsOf({ ...invoice.asked, value: amount ?? invoice.asked.value })
      const missing = coinsOf(invoice.asked) - invoice.received
      if (missing > 0n && invoice.isMultiple) move(invoice, 'wrong_amount_waiting')
      else end(reference, missing > 0n ? 'wrong_amount' : missing < 0n ? 'paid_over' : 'paid')
    },
    fail: (reference) => end(reference, 'fail'),
    expire,
    expireDue: () =>
      shelf.due().map(({ reference }) => {
        expire(reference)
        return reference
      }),
    refund: (reference) => move(shelf.get(reference), 'refund_paid'),
    find: (reference) => {
      const invoice = shelf.find(reference)
      return invoice && toInvoice(invoice)
    },
    list: () => shelf.all().map(toInvoice),
    webhook: (reference) => {
      const invoice = shelf.get(reference)
      if (invoice.status === 'check') return null
      const { payment_status: status, ...fields } = describeHeleketInvoice(invoice)
      const body = signWebhook(JSON.stringify({ type: 'payment', ...fields, status }), apiKey)
      return { body, headers: {}, ...(invoice.callbackUrl && { url: invoice.callbackUrl }) }
    },
  }
}

/** At 100 roubles, one dollar or one euro for a coin, in millionths. */
const coinsOf = ({ value, currency }: Sum): bigint =>
  moneyFromDecimal(value, 'RUB').minor * (currency === 'RUB' ? 100n : 10_000n)

export const printCoins = (sum: Sum): string => moneyToDecimal(money(coinsOf(sum), 'USDT'))

/**
 * The webhook's text with its signature put in at its end: over what PHP's `json_encode` makes of it with Unicode as it is.
 * What is no object is left alone.
 */
export function signWebhook(text: string, apiKey: string): string {
  const bare = text.replace(/,\s*"sign":\s*"[^"]*"/, '')
  let fields: unknown
  try {
    fields = JSON.parse(bare)
  } catch {
    return text
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return text
  const written = JSON.stringify(fields).replace(/[/\u2028\u2029]/g, (character) =>
    character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16)}`,
  )
  const sign = createHash('md5')
    .update(`${Buffer.from(written).toString('base64')}${apiKey}`)
    .digest('hex')
  const end = bare.lastIndexOf('}')
  const open = bare.slice(0, end).trimEnd()
  return `${open}${Object.keys(fields).length > 0 ? ',' : ''}"sign":"${sign}"${bare.slice(end)}`
}

function openInvoice(
  now: Date,
  pageUrl: (reference: string) => string,
  { lifetimeMs, ...asked }: NewHeleketInvoice,
): HeleketInvoice {
  const reference = randomUUID()
  return {
    ...asked,
    reference,
    createdAt: now,
    expiresAt: addMs(now, lifetimeMs),
    pageUrl: pageUrl(reference),
    status: 'check',
    updatedAt: now,
    received: 0n,
  }
}

const isOpen = ({ status }: HeleketInvoice): boolean => status === 'check' || status === 'wrong_amount_waiting'
const isPaid = ({ status }: HeleketInvoice): boolean => ['paid', 'paid_over', 'refund_paid'].includes(status)

function toInvoice(invoice: HeleketInvoice): SimulatedInvoice {
  const { reference, orderId, asked, returnUrl, createdAt, expiresAt } = invoice
  return {
    reference,
    paymentId: orderId,
    asked,
    received: isPaid(invoice) ? asked : null,
    description: orderId,
    returnUrl,
    status: isOpen(invoice) ? 'pending' : isPaid(invoice) ? 'paid' : 'canceled',
    createdAt,
    expiresAt,
  }
}

/** The invoice as `/v1/payment` and `/v1/payment/info` tell it. */
export const describeHeleketInvoice = (invoice: HeleketInvoice) => ({
  uuid: invoice.reference,
  order_id: invoice.orderId,
  amount: `${invoice.asked.value}000000`,
  payment_amount: invoice.received > 0n ? moneyToDecimal(money(invoice.received, 'USDT')) : null,
  payer_amount: printCoins(invoice.asked),
  payer_currency: 'USDT',
  currency: invoice.asked.currency,
  network: 'tron_trc20',
  url: invoice.pageUrl,
  expired_at: Math.floor(invoice.expiresAt.getTime() / 1000),
  payment_status: invoice.status,
  is_final: !isOpen(invoice),
  created_at: invoice.createdAt.toISOString(),
  updated_at: invoice.updatedAt.toISOString(),
})
