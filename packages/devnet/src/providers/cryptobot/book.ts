import { createHash, createHmac } from 'node:crypto'
import { addMs, type Clock, money, moneyFromDecimal, moneyToDecimal } from '@vpn-kiosk/domain'
import { createInvoiceShelf } from '../create-invoice-shelf.ts'
import type { InvoiceBook, SimulatedInvoice, Sum } from '../invoice-book.ts'

export interface CryptoInvoice {
  readonly reference: string
  readonly id: number
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly asked: Sum
  readonly description: string
  readonly payload: string
  readonly returnUrl: string
  readonly pageUrl: string
  status: 'active' | 'paid' | 'expired'
  received: Sum | null
  paidAt: Date | null
}

interface NewCryptoInvoice extends Pick<CryptoInvoice, 'asked' | 'description' | 'payload' | 'returnUrl'> {
  readonly expiresInSeconds: number | null
}

export interface CryptobotBook extends InvoiceBook {
  open(invoice: NewCryptoInvoice): CryptoInvoice
  invoices(): CryptoInvoice[]
}

export interface CryptoBookDeps {
  readonly clock: Clock
  readonly token: string
  readonly pageUrl: (reference: string) => string
}

export function createCryptobotBook({ clock, token, pageUrl }: CryptoBookDeps): CryptobotBook {
  const shelf = createInvoiceShelf<CryptoInvoice>(clock)
  const counters = { invoice: 528_000, update: 1000 }
  const expire = (reference: string) => void Object.assign(shelf.close(reference), { status: 'expired' })
  return {
    open: (asked) => {
      counters.invoice += 1
      const invoice = openInvoice({ id: counters.invoice, now: clock.now(), pageUrl }, asked)
      shelf.add(invoice)
      return invoice
    },
    invoices: shelf.all,
    pay: (reference, { amount, currency }) => {
      const invoice = shelf.close(reference)
      const received = { value: amount ?? invoice.asked.value, currency: currency ?? invoice.asked.currency }
      Object.assign(invoice, { status: 'paid', received, paidAt: clock.now() })
    },
    // Nobody can decline an invoice for good there, so this is its end without money: expiry.
    fail: expire,
    expire,
    expireDue: () => {
      for (const { reference } of shelf.due()) expire(reference)
      // An expired invoice is not announced.
      return []
    },
    find: (reference) => {
      const invoice = shelf.find(reference)
      return invoice && toInvoice(invoice)
    },
    list: () => shelf.all().map(toInvoice),
    webhook: (reference) => {
      const invoice = shelf.get(reference)
      if (invoice.status !== 'paid') return null
      counters.update += 1
      const body = describeUpdate(counters.update, clock.now(), invoice)
      return { body, headers: signUpdate(token, body) }
    },
  }
}

/** Lower-case hex HMAC-SHA256 of the body, under the token's SHA-256. */
export function signUpdate(token: string, body: string | Uint8Array): Record<string, string> {
  const key = createHash('sha256').update(token).digest()
  return { 'crypto-pay-api-signature': createHmac('sha256', key).update(body).digest('hex') }
}

function describeUpdate(updateId: number, now: Date, invoice: CryptoInvoice): string {
  const payload = describeCryptoInvoice(invoice)
  return JSON.stringify({ update_id: updateId, update_type: 'invoice_paid', request_date: now.toISOString(), payload })
}

interface Opening {
  readonly id: number
  readonly now: Date
  readonly pageUrl: (reference: string) => string
}

function openInvoice({ id, now, pageUrl }: Opening, { expiresInSeconds, ...asked }: NewCryptoInvoice): CryptoInvoice {
  const reference = String(id)
  const expiresAt = expiresInSeconds === null ? null : addMs(now, expiresInSeconds * 1000)
  return {
    ...asked,
    id,
    reference,
    createdAt: now,
    expiresAt,
    pageUrl: pageUrl(reference),
    status: 'active',
    received: null,
    paidAt: null,
  }
}

function toInvoice(invoice: CryptoInvoice): SimulatedInvoice {
  const { reference, asked, received, description, returnUrl, createdAt, expiresAt } = invoice
  const status = ({ active: 'pending', paid: 'paid', expired: 'canceled' } as const)[invoice.status]
  return {
    reference,
    paymentId: invoice.payload || null,
    asked,
    received,
    description,
    returnUrl,
    status,
    createdAt,
    expiresAt,
  }
}

/** The Invoice object of Crypto Pay API 1.5. */
export function describeCryptoInvoice(invoice: CryptoInvoice): Record<string, unknown> {
  const sum = invoice.received ?? invoice.asked
  const hash = createHash('sha256').update(invoice.reference).digest('base64url').slice(0, 12)
  return {
    invoice_id: invoice.id,
    hash,
    currency_type: 'fiat',
    fiat: sum.currency,
    amount: sum.value,
    accepted_assets: ['USDT', 'TON'],
    bot_invoice_url: invoice.pageUrl,
    mini_app_invoice_url: invoice.pageUrl,
    web_app_invoice_url: invoice.pageUrl,
    description: invoice.description,
    status: invoice.status,
    created_at: invoice.createdAt.toISOString(),
    allow_comments: false,
    allow_anonymous: true,
    payload: invoice.payload,
    ...(invoice.expiresAt && { expiration_date: invoice.expiresAt.toISOString() }),
    ...(invoice.paidAt && {
      paid_at: invoice.paidAt.toISOString(),
      paid_anonymously: false,
      paid_asset: 'USDT',
      paid_amount: convertToUsdt(sum),
      paid_fiat_rate: sum.currency === 'RUB' ? '100.0' : '1.0',
      fee_asset: 'USDT',
      fee_amount: '0.05',
    }),
  }
}

/** At 100 roubles, one dollar or one euro for a coin. */
export function convertToUsdt({ value, currency }: Sum): string {
  const { minor } = moneyFromDecimal(value, 'RUB')
  return moneyToDecimal(money(currency === 'RUB' ? minor * 100n : minor * 10_000n, 'USDT')).replace(/0{1,4}$/, '')
}
