import type { Clock, Invoice, InvoiceRequest, PaymentId, ProviderReference, ProviderStatus } from '@vpn-kiosk/domain'
import { type Currency, moneyToDecimal, ProviderRefused, ProviderUnclear } from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { textOf } from '../loose-text.ts'
import { repeatUnknown } from '../repeat-unknown.ts'
import { type CallHeleket, HeleketNotFound, heleketId } from './client.ts'
import { type InvoiceObject, invoiceObjectSchema, invoiceReferenceSchema } from './invoice-object.ts'
import { readStatus } from './status.ts'

export const heleketCurrencies: readonly Currency[] = ['RUB', 'USD', 'EUR']

/** How long an invoice may live, in seconds. */
const shortestLife = 300
const longestLife = 43_200

export interface CreateInvoiceDeps {
  readonly call: CallHeleket
  readonly clock: Clock
  readonly callbackUrl: string
  readonly retryDelaysMs: readonly number[]
}

/** Opens an invoice whose page lets the payer choose a coin. Each attempt looks for one with our id before it makes one. */
export async function createInvoice(deps: CreateInvoiceDeps, request: InvoiceRequest): Promise<Invoice> {
  const parameters = describeInvoice(deps, request)
  return await repeatUnknown(deps.retryDelaysMs, async () => {
    const earlier = await findInvoice(deps.call, { order_id: request.paymentId })
    const invoice = earlier ?? (await deps.call('/v1/payment', parameters, invoiceObjectSchema))
    return { reference: invoice.uuid, url: assertPageUrl(heleketId, textOf(invoice.url)) }
  })
}

function describeInvoice({ clock, callbackUrl }: CreateInvoiceDeps, request: InvoiceRequest): object {
  const { paymentId, amount, returnUrl, expiresAt } = request
  if (!heleketCurrencies.includes(amount.currency)) {
    throw new ProviderRefused(`heleket prices in ${heleketCurrencies.join(', ')}, not in ${amount.currency}`)
  }
  const secondsLeft = Math.ceil((expiresAt.getTime() - clock.now().getTime()) / 1000)
  return {
    amount: moneyToDecimal(amount),
    currency: amount.currency,
    order_id: paymentId,
    url_callback: callbackUrl,
    url_return: returnUrl,
    url_success: returnUrl,
    lifetime: Math.min(Math.max(secondsLeft, shortestLife), longestLife),
    // Whoever paid too little, e.g. by the fee of a network, can pay the rest.
    is_payment_multiple: true,
  }
}

type Sought = { readonly order_id: PaymentId } | { readonly uuid: string }

/** The invoice as it stands; null when the merchant has none. */
export async function findInvoice(call: CallHeleket, sought: Sought): Promise<InvoiceObject | null> {
  try {
    return await call('/v1/payment/info', sought, invoiceObjectSchema)
  } catch (error) {
    if (error instanceof HeleketNotFound) return null
    throw error
  }
}

export async function fetchStatus(call: CallHeleket, reference: ProviderReference): Promise<ProviderStatus> {
  if (!invoiceReferenceSchema.safeParse(reference).success) return { kind: 'unknown_invoice' }
  const invoice = await findInvoice(call, { uuid: reference })
  if (invoice === null) return { kind: 'unknown_invoice' }
  if (invoice.uuid === reference) return readStatus(invoice)
  throw new ProviderUnclear('heleket answered about another invoice', excerptOf({ uuid: invoice.uuid }))
}
