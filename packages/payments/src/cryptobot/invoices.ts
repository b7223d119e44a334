import type { PaymentId, ProviderReference, ProviderStatus } from '@vpn-kiosk/domain'
import {
  type Clock,
  type Currency,
  type Invoice,
  type InvoiceRequest,
  moneyToDecimal,
  ProviderRefused,
  ProviderUnclear,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, textOf } from '../loose-text.ts'
import { repeatUnknown } from '../repeat-unknown.ts'
import { type CallCryptobot, cryptobotId } from './client.ts'
import type { InvoiceObject } from './invoice-object.ts'
import { invoiceListSchema, invoiceObjectSchema, readInvoices, readReference } from './invoice-object.ts'
import { readStatus } from './status.ts'

/** The fiat currencies of the API that the shop can account in. */
export const cryptobotCurrencies: readonly Currency[] = ['RUB', 'USD', 'EUR']

const maxExpirySeconds = 31 * 24 * 60 * 60

export interface CreateInvoiceDeps {
  readonly call: CallCryptobot
  readonly clock: Clock
  readonly retryDelaysMs: readonly number[]
  /** The coins that may be paid in; empty = all that the service takes. */
  readonly assets: readonly string[]
}

/**
 * Opens an invoice priced in fiat and paid in whatever coin the payer has. Each attempt, the first included, looks for a
 * living invoice with our payload before it makes one: the earlier attempt may have been another process's.
 */
export async function createInvoice(deps: CreateInvoiceDeps, request: InvoiceRequest): Promise<Invoice> {
  const parameters = describeInvoice(deps, request)
  return await repeatUnknown(deps.retryDelaysMs, async () => {
    const earlier = await findInvoice(deps.call, request.paymentId)
    const invoice = earlier ?? (await deps.call('createInvoice', parameters, invoiceObjectSchema))
    return { reference: readReference(invoice), url: assertPageUrl(cryptobotId, textOf(invoice.bot_invoice_url)) }
  })
}

function describeInvoice({ clock, assets }: CreateInvoiceDeps, request: InvoiceRequest): object {
  const { amount } = request
  if (!cryptobotCurrencies.includes(amount.currency)) {
    throw new ProviderRefused(`cryptobot prices in ${cryptobotCurrencies.join(', ')}, not in ${amount.currency}`)
  }
  const secondsLeft = Math.ceil((request.expiresAt.getTime() - clock.now().getTime()) / 1000)
  return {
    currency_type: 'fiat',
    fiat: amount.currency,
    amount: moneyToDecimal(amount),
    description: request.description.slice(0, 1024),
    payload: request.paymentId,
    expires_in: Math.min(Math.max(secondsLeft, 1), maxExpirySeconds),
    ...(assets.length > 0 && { accepted_assets: assets.join(',') }),
    allow_comments: false,
    allow_anonymous: true,
    paid_btn_name: 'openBot',
    paid_btn_url: request.returnUrl,
  }
}

/** The API's own maximum. */
const pageSize = 1000
const maxActivePages = 10

/**
 * The living invoice of an earlier attempt: the API has no idempotence key and no filter by payload, so the list is read.
 * Active ones are few, because ours expire, and are read to the end; of the paid ones only a page, since a page that
 * nobody was shown yet can hardly be paid.
 */
async function findInvoice(call: CallCryptobot, paymentId: PaymentId): Promise<InvoiceObject | null> {
  const [active, paid] = await Promise.all([
    findAmong(call, { status: 'active', paymentId, maxPages: maxActivePages }),
    findAmong(call, { status: 'paid', paymentId, maxPages: 1 }),
  ])
  return paid ?? active
}

interface Search {
  readonly status: 'active' | 'paid'
  readonly paymentId: PaymentId
  readonly maxPages: number
}

async function findAmong(call: CallCryptobot, search: Search): Promise<InvoiceObject | null> {
  for (let page = 0; page < search.maxPages; page += 1) {
    const parameters = { status: search.status, offset: page * pageSize, count: pageSize }
    const { items } = await call('getInvoices', parameters, invoiceListSchema)
    const ours = items.filter((item) => fieldOf(item, 'payload') === search.paymentId)
    const [found] = readInvoices(ours)
    if (found) return found
    if (ours.length > 0) throw new ProviderUnclear('cryptobot lists an invoice without its id', excerptOf(ours[0]))
    if (items.length < pageSize) return null
  }
  return null
}

/** Asks for the one invoice by its id. The API reports no reason but expiry for an invoice that ended unpaid. */
export async function fetchStatus(call: CallCryptobot, reference: ProviderReference): Promise<ProviderStatus> {
  if (!/^\d{1,15}$/.test(reference)) return { kind: 'unknown_invoice' }
  const { items } = await call('getInvoices', { invoice_ids: reference }, invoiceListSchema)
  const invoices = readInvoices(items)
  const invoice = invoices.find((item) => readReference(item) === reference)
  if (invoice) return readStatus(invoice)
  if (invoices.length === items.length) return { kind: 'unknown_invoice' }
  throw new ProviderUnclear('cryptobot answered with an invoice without its id', excerptOf(items))
}

/** Deletes the invoice. The API refuses when there is nothing open to delete; then the invoice itself says why. */
export async function cancelInvoice(
  call: CallCryptobot,
  reference: ProviderReference,
): Promise<'canceled' | 'too_late'> {
  if (!/^\d{1,15}$/.test(reference)) return 'canceled'
  try {
    await call('deleteInvoice', { invoice_id: Number(reference) }, z.unknown())
    return 'canceled'
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    const { kind } = await fetchStatus(call, reference)
    if (kind === 'unknown_invoice' || kind === 'canceled') return 'canceled'
    if (kind === 'paid') return 'too_late'
    throw error
  }
}
