import type { PaymentId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

/**
 * Who waits longer than a second for its provider gives its place to others: a provider that hangs holds up its own
 * payments, not everybody's. A settlement that was given up in a crash is found again by the sweep.
 */
export const settlePayment = defineJob(
  'settle-payment',
  (shop, { paymentId }) => shop.settlePayment(paymentId as PaymentId),
  { workers: 2, urgentWorkers: 1, batch: 5, patienceMs: 500 },
)
