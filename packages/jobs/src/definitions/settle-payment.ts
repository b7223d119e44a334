import type { PaymentId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

export const settlePayment = defineJob(
  'settle-payment',
  (shop, { paymentId }) => shop.settlePayment(paymentId as PaymentId),
  { workers: 2, batch: 5 },
)
