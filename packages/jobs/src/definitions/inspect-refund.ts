import type { PaymentId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

export const inspectRefund = defineJob('inspect-refund', (shop, { paymentId }) =>
  shop.inspectRefund(paymentId as PaymentId),
)
