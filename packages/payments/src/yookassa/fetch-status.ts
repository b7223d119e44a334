import { type ProviderReference, ProviderRefused, type ProviderStatus } from '@vpn-kiosk/domain'
import { fromYookassaAmount } from './amounts.ts'
import type { YookassaClient } from './client.ts'
import { type PaymentObject, paymentObjectSchema, paymentReferenceSchema, readPaymentId } from './payment-object.ts'
import { readCancelReason } from './reasons.ts'

/** Asks for the payment; one that waits for capture is captured in full first, or it would be given back after 7 days. */
export async function fetchStatus(client: YookassaClient, reference: ProviderReference): Promise<ProviderStatus> {
  if (!paymentReferenceSchema.safeParse(reference).success) throw new ProviderRefused('not a yookassa payment id')
  const payment = await client.get(`/payments/${reference}`, paymentObjectSchema)
  return readStatus(payment.status === 'waiting_for_capture' ? await capture(client, payment) : payment)
}

function capture(client: YookassaClient, payment: PaymentObject): Promise<PaymentObject> {
  const { value, currency } = payment.amount
  const path = `/payments/${payment.id}/capture`
  return client.post(path, `capture-${payment.id}`, { amount: { value, currency } }, paymentObjectSchema)
}

function readStatus(payment: PaymentObject): ProviderStatus {
  switch (payment.status) {
    case 'pending':
    case 'waiting_for_capture':
      return { kind: 'pending' }
    case 'succeeded':
      return {
        kind: 'paid',
        received: fromYookassaAmount(payment),
        paidAt: readInstant(payment.captured_at),
        paymentId: readPaymentId(payment.metadata),
      }
    case 'canceled':
      return { kind: 'canceled', reason: readCancelReason(payment.cancellation_details?.reason) }
  }
}

function readInstant(text: string | undefined): Date | null {
  const at = new Date(text ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? null : at
}
