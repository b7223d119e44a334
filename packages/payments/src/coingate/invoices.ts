import type { InvoiceRequest, ListedPayment, ProviderReference, ProviderStatus } from '@vpn-kiosk/domain'
import {
  addDays,
  type Currency,
  type Invoice,
  moneyToDecimal,
  type PaymentId,
  ProviderRefused,
  ProviderUnclear,
} from '@vpn-kiosk/domain'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, textOf } from '../loose-text.ts'
import { repeatUnknown } from '../repeat-unknown.ts'
import { type CallCoingate, CoingateNotFound, coingateId } from './client.ts'
import type { OrderObject } from './invoice-object.ts'
import {
  orderListSchema,
  orderObjectSchema,
  orderReferenceSchema,
  readPaymentId,
  readReference,
} from './invoice-object.ts'
import { readStatus } from './status.ts'

/** Whether it prices in roubles is not documented. */
export const coingateCurrencies: readonly Currency[] = ['EUR', 'USD']

export interface CreateInvoiceDeps {
  readonly call: CallCoingate
  readonly callbackUrl: string
  readonly receiveCurrency: string
  readonly tokenFor: (paymentId: PaymentId) => string
  readonly retryDelaysMs: readonly number[]
}

/**
 * Opens an order, whose page lets the payer choose a coin. Each attempt looks for an order with our id before it makes one:
 * the API has no idempotency key. `expiresAt` is not sent: an order ends two hours after it was made, or twenty minutes
 * after a coin was chosen.
 */
export async function createInvoice(deps: CreateInvoiceDeps, request: InvoiceRequest): Promise<Invoice> {
  const body = describeOrder(deps, request)
  return await repeatUnknown(deps.retryDelaysMs, async () => {
    const earlier = await findOrder(deps.call, request)
    const order = earlier ?? (await deps.call({ method: 'POST', path: '/orders', body }, orderObjectSchema))
    return { reference: readReference(order), url: assertPageUrl(coingateId, textOf(order.payment_url)) }
  })
}

function describeOrder(deps: CreateInvoiceDeps, { paymentId, amount, description, returnUrl }: InvoiceRequest): object {
  if (!coingateCurrencies.includes(amount.currency)) {
    throw new ProviderRefused(`coingate prices in ${coingateCurrencies.join(', ')}, not in ${amount.currency}`)
  }
  // Both need three characters at least.
  const words = description.trim().length < 3 ? paymentId : description.trim()
  return {
    order_id: paymentId,
    price_amount: Number(moneyToDecimal(amount)),
    price_currency: amount.currency,
    receive_currency: deps.receiveCurrency,
    title: words.slice(0, 150),
    description: words.slice(0, 500),
    callback_url: deps.callbackUrl,
    success_url: returnUrl,
    cancel_url: returnUrl,
    token: deps.tokenFor(paymentId),
  }
}

/** The API's own maximum. */
const pageSize = 100
/** As many orders as an account may make in an hour, which is longer than anybody repeats a create. */
const mostLookedAt = 5
/** A bound on what a list without an end could make of it. */
const mostListed = 1000

/** Orders since the beginning of that day, the newest first, a page at a time: what comes in meanwhile hides none. */
async function* listOrders(call: CallCoingate, since: Date, mostPages: number): AsyncGenerator<readonly unknown[]> {
  const from = since.toISOString().slice(0, 10)
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { per_page: String(pageSize), page: String(page), sort: 'created_at_desc', 'created_at[from]': from }
    const { orders } = await call({ method: 'GET', path: `/orders?${new URLSearchParams(query)}` }, orderListSchema)
    yield orders
    if (orders.length < pageSize) return
  }
}

/** The order of an earlier attempt, whatever became of it. It was made within the day that ends when the order may. */
async function findOrder(call: CallCoingate, { paymentId, expiresAt }: InvoiceRequest): Promise<OrderObject | null> {
  for await (const orders of listOrders(call, addDays(expiresAt, -1), mostLookedAt)) {
    const ours = orders.filter((order) => fieldOf(order, 'order_id') === paymentId)
    const [found] = ours.flatMap((order) => orderObjectSchema.safeParse(order).data ?? [])
    if (found) return found
    if (ours.length > 0) throw new ProviderUnclear('coingate lists an order without its id', excerptOf(ours[0]))
  }
  return null
}

export async function fetchStatus(call: CallCoingate, reference: ProviderReference): Promise<ProviderStatus> {
  if (!orderReferenceSchema.safeParse(reference).success) return { kind: 'unknown_invoice' }
  try {
    const order = await call({ method: 'GET', path: `/orders/${reference}` }, orderObjectSchema)
    if (readReference(order) === reference) return readStatus(order)
    throw new ProviderUnclear('coingate answered about another order', excerptOf({ id: order.id }))
  } catch (error) {
    if (error instanceof CoingateNotFound) return { kind: 'unknown_invoice' }
    throw error
  }
}

/**
 * The orders made since then for which anything came, among them those that ended and were paid late or in part, of which
 * no callback tells.
 */
export async function* listPayments(call: CallCoingate, since: Date): AsyncGenerator<readonly ListedPayment[]> {
  const strange: unknown[] = []
  for await (const orders of listOrders(call, since, mostListed)) {
    const read = orders.map((order) => orderObjectSchema.safeParse(order).data ?? null)
    strange.push(...orders.filter((_, index) => read[index] === null).slice(0, 1))
    yield read.flatMap((order) => (order ? readListed(order) : []))
  }
  if (strange.length > 0) throw new ProviderUnclear('coingate lists what cannot be read', excerptOf(strange[0]))
}

function readListed(order: OrderObject): ListedPayment[] {
  const status = readStatus(order)
  if (status.kind !== 'paid') return []
  const { received, refunded = null, fee = null } = status
  return [{ reference: readReference(order), paymentId: readPaymentId(order), received, refunded, fee }]
}
