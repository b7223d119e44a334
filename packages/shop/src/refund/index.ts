import { carryOutRefund } from './carry-out-refund.ts'
import { previewRefund } from './preview-refund.ts'
import { requestRefund } from './request-refund.ts'
import { sweepRefunds } from './sweep-refunds.ts'

export const refundVerbs = {
  carryOutRefund,
  previewRefund,
  requestRefund,
  sweepRefunds,
}
