import { type ProviderReference, type ProviderStatus, ProviderUnclear } from '@vpn-kiosk/domain'
import { excerptOf } from '../excerpt.ts'
import { fieldOf, instantOf, textOf } from '../loose-text.ts'
import { readNetAmount, readRefunded } from './amounts.ts'
import { type YookassaClient, YookassaNotFound } from './client.ts'
import { type PaymentObject, paymentObjectSchema, paymentReferenceSchema, readPaymentId } from './invoice-object.ts'
import { readCancelReason } from './reasons.ts'

/** Asks for the payment; one that waits for capture is captured in full first, or it would be given back after 7 days. */
export async function fetchStatus(client: YookassaClient, reference: ProviderReference): Promise<ProviderStatus> {
  const payment = await findPayment(client, reference)
  if (payment === null) return { kind: 'unknown_invoice' }
  return readStatus(payment.status === 'waiting_for_capture' ? await capture(client, payment) : payment)
}

/** The payment as it stands; null when YooKassa has none of that id for this shop. */
export async function findPayment(client: YookassaClient, reference: ProviderReference): Promise<PaymentObject | null> {
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

function readStatus(payment: PaymentObject): ProviderStatus {
  switch (payment.status) {
    case 'pending':
    case 'waiting_for_capture':
      return { kind: 'pending' }
    case 'succeeded': {
      const refunded = readRefunded(payment)
      return {
        kind: 'paid',
        received: readNetAmount(payment),
        paidAt: instantOf(payment.captured_at),
        paymentId: readPaymentId(payment),
        ...(refunded === null ? {} : { refunded }),
      }
    }
    case 'canceled':
      return { kind: 'canceled', reason: readCancelReason(textOf(fieldOf(payment.cancellation_details, 'reason'))) }
    default:
      return { kind: 'pending', unknownWord: excerptOf(textOf(payment.status)) || '(nothing)' }
  }
}
