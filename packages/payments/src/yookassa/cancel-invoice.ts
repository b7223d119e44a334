import type { ProviderReference } from '@vpn-kiosk/domain'
import type { YookassaClient } from './client.ts'
import { findPayment } from './fetch-status.ts'
import { paymentObjectSchema } from './invoice-object.ts'

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
