import { acceptMismatch } from './accept-mismatch.ts'
import { approveCheckout } from './approve-checkout.ts'
import { cancelInvoice } from './cancel-invoice.ts'
import { changePaymentMethod } from './change-payment-method.ts'
import { checkPayment } from './check-payment.ts'
import { closeWebhook } from './close-webhook.ts'
import { decidePayment } from './decide-payment.ts'
import { findLastMethod } from './find-last-method.ts'
import { findOwnPayment } from './find-own-payment.ts'
import { findPaymentLine } from './find-payment-line.ts'
import { findWebhook } from './find-webhook.ts'
import { forgetInvoiceMessage } from './forget-invoice-message.ts'
import { inspectRefund } from './inspect-refund.ts'
import { inspectWebhook } from './inspect-webhook.ts'
import { listInvoiceMessages } from './list-invoice-messages.ts'
import { listPaymentMethodsAsStaff } from './list-payment-methods-as-staff.ts'
import { listPayments } from './list-payments.ts'
import { listWebhooks } from './list-webhooks.ts'
import { movePaymentMethod } from './move-payment-method.ts'
import { probeProviders } from './probe-providers.ts'
import { quoteCoins } from './quote-coins.ts'
import { receiveStarPayment } from './receive-star-payment.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { recheckPayment } from './recheck-payment.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { rememberInvoiceMessage } from './remember-invoice-message.ts'
import { replayWebhook } from './replay-webhook.ts'
import { settlePayment } from './settle-payment.ts'
import { sweepPayments } from './sweep-payments.ts'
import { undoWriteOff } from './undo-write-off.ts'
import { writeOff } from './write-off.ts'

export const paymentVerbs = {
  acceptMismatch,
  approveCheckout,
  findLastMethod,
  findOwnPayment,
  findPaymentLine,
  cancelInvoice,
  changePaymentMethod,
  checkPayment,
  reconcilePayments,
  closeWebhook,
  decidePayment,
  findWebhook,
  forgetInvoiceMessage,
  inspectRefund,
  inspectWebhook,
  listInvoiceMessages,
  listPaymentMethodsAsStaff,
  listPayments,
  listWebhooks,
  movePaymentMethod,
  probeProviders,
  receiveStarPayment,
  quoteCoins,
  receiveWebhook,
  recheckPayment,
  rememberInvoiceMessage,
  replayWebhook,
  settlePayment,
  sweepPayments,
  undoWriteOff,
  writeOff,
}
