import { type PaymentId, ProviderUnclear } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { fieldOf } from '../loose-text.ts'
import type { CallCryptobot } from './client.ts'
import { type InvoiceObject, invoiceListSchema, readInvoices } from './invoice-object.ts'

/** The API's own maximum. */
const pageSize = 1000
const maxActivePages = 10

/**
 * The living invoice of an earlier attempt: the API has no idempotence key and no filter by payload, so the list is read.
 * Active ones are few, because ours expire, and are read to the end; of the paid ones only a page, since a page that
 * nobody was shown yet can hardly be paid.
 */
export async function findInvoice(call: CallCryptobot, paymentId: PaymentId): Promise<InvoiceObject | null> {
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
