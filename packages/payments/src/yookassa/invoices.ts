import type { ListedPayment, ProviderReference, ProviderStatus, RefundRequest, RefundStatus } from '@vpn-kiosk/domain'
import {
  addMoney,
  type Invoice,
  type InvoiceRequest,
  isReadable,
  ProviderRefused,
  ProviderUnclear,
  SavingRefused,
} from '@vpn-kiosk/domain'
import { z } from 'zod'
import { assertPageUrl } from '../assert-page-url.ts'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, textOf } from '../loose-text.ts'
import { type YookassaClient, YookassaForbidden, YookassaNotFound, yookassaId } from './client.ts'
import type { PaymentObject, RefundObject } from './invoice-object.ts'
import {
  paymentObjectSchema,
  paymentReferenceSchema,
  readFee,
  readNetAmount,
  readPaymentId,
  readRefunded,
  refundObjectSchema,
  toYookassaAmount,
} from './invoice-object.ts'
import { describeReceipt, type ReceiptSettings } from './receipt.ts'
import { readStatus } from './status.ts'

/**
 * Opens a one-stage payment on YooKassa's own page, with one method or every one that the shop has. The key is derived
 * from the payment row, which is the attempt: a repeat, also from another process, gets the first call's payment (for
 * 24 h). What was refused once is asked for again under another key, since it may be asked for otherwise.
 * `expiresAt` is not sent: a payment has no such parameter, and is closed by YooKassa after about an hour.
 */
export async function createInvoice(
  client: YookassaClient,
  receipts: ReceiptSettings,
  request: InvoiceRequest,
): Promise<Invoice> {
  const body = {
    amount: toYookassaAmount(request.amount),
    capture: true,
    confirmation: { type: 'redirect', return_url: request.returnUrl },
    description: request.description.slice(0, 128),
    metadata: { payment_id: request.paymentId },
    ...(request.method !== undefined && { payment_method_data: { type: request.method } }),
    ...(request.savesMethod && { save_payment_method: true }),
    ...describeReceipt(receipts, request),
  }
  const key = `create-${request.paymentId}${request.refusals ? `-${request.refusals}` : ''}`
  const payment = await client.post('/payments', key, body, paymentObjectSchema).catch((error: unknown) => {
    // An account without recurring payments refuses the whole payment for this wish.
    throw request.savesMethod && error instanceof YookassaForbidden ? new SavingRefused(error.message) : error
  })
  const url = fieldOf(payment.confirmation, 'confirmation_url')
  if (typeof url !== 'string') throw new ProviderRefused('yookassa made a payment without a page to open')
  return { reference: payment.id, url: assertPageUrl(yookassaId, url) }
}

/** Asks for the payment; one that waits for capture is captured in full first, or it would be given back after 7 days. */
export async function fetchStatus(client: YookassaClient, reference: ProviderReference): Promise<ProviderStatus> {
  const payment = await findPayment(client, reference)
  if (payment === null) return { kind: 'unknown_invoice' }
  return readStatus(payment.status === 'waiting_for_capture' ? await capture(client, payment) : payment)
}

/** The payment as it stands; null when YooKassa has none of that id for this shop. */
async function findPayment(client: YookassaClient, reference: ProviderReference): Promise<PaymentObject | null> {
  if (!paymentReferenceSchema.safeParse(reference).success) return null
  let payment: PaymentObject
  try {
    payment = await client.get(`/payments/${reference}`, paymentObjectSchema)
  } catch (error) {
    if (error instanceof YookassaNotFound) return null
    throw error
  }
  if (payment.id === reference) return payment
  throw new ProviderUnclear('yookassa answered about another payment', excerptOf({ id: payment.id }))
}

function capture(client: YookassaClient, payment: PaymentObject): Promise<PaymentObject> {
  const value = textOf(fieldOf(payment.amount, 'value'))
  const currency = textOf(fieldOf(payment.amount, 'currency'))
  const path = `/payments/${payment.id}/capture`
  return client.post(path, `capture-${payment.id}`, { amount: { value, currency } }, paymentObjectSchema)
}

/** YooKassa cancels only what waits for capture; an open payment page cannot be closed and ends by itself within an hour. */
export async function cancelInvoice(
  client: YookassaClient,
  reference: ProviderReference,
): Promise<'canceled' | 'too_late'> {
  const payment = await findPayment(client, reference)
  if (payment === null || payment.status === 'canceled') return 'canceled'
  if (payment.status !== 'waiting_for_capture') return 'too_late'
  const canceled = await client.post(`/payments/${payment.id}/cancel`, `cancel-${payment.id}`, {}, paymentObjectSchema)
  return canceled.status === 'canceled' ? 'canceled' : 'too_late'
}

/**
 * Gives back, unless the payment's own sum of refunds already comes to this one: the key alone would find the first call
 * for 24 h only. A refund of more than is left is refused by YooKassa. A part has a receipt of its own; of all of a
 * payment YooKassa makes it from the payment's.
 */
export async function refundPayment(
  client: YookassaClient,
  receipts: ReceiptSettings,
  request: RefundRequest,
): Promise<RefundStatus> {
  const { refundId, reference, amount, refundedBefore, reason, receiptEmail } = request
  const payment = await findPayment(client, reference)
  if (payment === null) throw new ProviderRefused('yookassa has no such payment')
  const refunded = readRefunded(payment)
  const after = addMoney(refundedBefore, amount)
  if (refunded && isReadable(refunded) && refunded.currency === after.currency && refunded.minor === after.minor)
    return { kind: 'done', reference: refundId }
  const { value } = toYookassaAmount(amount)
  const isWhole = value === textOf(fieldOf(payment.amount, 'value'))
  const body = {
    payment_id: reference,
    amount: toYookassaAmount(amount),
    description: reason.slice(0, 128),
    ...(isWhole ? {} : describeReceipt(receipts, { amount, description: reason, receiptEmail })),
  }
  return readRefund(await client.post('/refunds', `refund-${refundId}`, body, refundObjectSchema), reference)
}

/** How a refund stands. YooKassa sends no webhook about one that was canceled. */
export async function fetchRefund(
  client: YookassaClient,
  request: RefundRequest,
  reference: string,
): Promise<RefundStatus> {
  if (!paymentReferenceSchema.safeParse(reference).success) throw new ProviderRefused('yookassa has no such refund')
  const refund = await client.get(`/refunds/${reference}`, refundObjectSchema)
  if (refund.id === reference) return readRefund(refund, request.reference)
  throw new ProviderUnclear('yookassa answered about another refund', excerptOf({ id: refund.id }))
}

/** A word that nobody knows counts as pending. */
function readRefund(refund: RefundObject, payment: ProviderReference): RefundStatus {
  if (refund.payment_id !== payment)
    throw new ProviderUnclear('yookassa answered about a refund of another payment', excerptOf({ id: refund.id }))
  if (refund.status !== 'canceled')
    return { kind: refund.status === 'succeeded' ? 'done' : 'pending', reference: refund.id }
  return { kind: 'failed', reason: excerptOf(textOf(fieldOf(refund.cancellation_details, 'reason'))) || 'canceled' }
}

const pageSize = 100
/** A bound on what a broken cursor could make of it. */
const mostPages = 1_000

const pageSchema = z.looseObject({ items: z.array(z.unknown()), next_cursor: z.string().max(500).nullish() })

function readListed(item: unknown): ListedPayment | null {
  const { data: payment } = paymentObjectSchema.safeParse(item)
  if (payment?.status !== 'succeeded') return null
  return {
    reference: payment.id,
    paymentId: readPaymentId(payment),
    received: readNetAmount(payment),
    refunded: readRefunded(payment),
    fee: readFee(payment),
  }
}

/** Payments since then, newest first, a page at a time, as they are written. */
export async function* listPaymentObjects(
  client: YookassaClient,
  { since, status }: { readonly since: Date; readonly status?: 'succeeded' },
): AsyncGenerator<readonly unknown[]> {
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(status === undefined ? {} : { status }),
      'created_at.gte': since.toISOString(),
      ...(cursor === undefined ? {} : { cursor }),
    })
    const { items, next_cursor } = await client.get(`/payments?${query}`, pageSchema)
    yield items
    if (next_cursor == null || next_cursor === cursor) break
    cursor = next_cursor
  }
}

/**
 * What succeeded since then, newest first, with what was given back of it. Throws at the end when something in the list
 * could not be read: it hides nothing else, and is for a human.
 */
export async function* listPayments(client: YookassaClient, since: Date): AsyncGenerator<readonly ListedPayment[]> {
  const strange: unknown[] = []
  for await (const items of listPaymentObjects(client, { since, status: 'succeeded' })) {
    const listed = items.map(readListed)
    strange.push(...items.filter((_, index) => listed[index] === null).slice(0, 1))
    yield listed.filter((payment) => payment !== null)
  }
  if (strange.length > 0)
    throw new ProviderUnclear('yookassa lists among what succeeded what cannot be read', excerptOf(strange[0]))
}
