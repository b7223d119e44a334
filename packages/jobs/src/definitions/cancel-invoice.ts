import type { PaymentId } from '@vpn-kiosk/domain'
import { defineJob } from '../definition.ts'

export const cancelInvoice = defineJob('cancel-invoice', (shop, { paymentId }) =>
  shop.cancelInvoice(paymentId as PaymentId),
)
