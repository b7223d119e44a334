import type { PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { CheckPaymentResult } from '../payment/check-payment.ts'
import { recheckPayment } from '../payment/recheck-payment.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { auditedActor } from './audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from './has-permission.ts'

export type RecheckAsStaffResult = CheckPaymentResult | Forbidden

/** Asks the provider again because somebody on the staff wants to know; settles what is found to be paid. */
export async function recheckAsStaff(
  deps: SettlePaymentDeps,
  actor: Actor,
  id: PaymentId,
): Promise<RecheckAsStaffResult> {
  if (!(await hasPermission(deps, actor, 'see_payments'))) return { kind: 'forbidden' }
  const result = await recheckPayment(deps, id)
  if (result.kind === 'unknown_payment') return result
  const after = { result: result.kind }
  const note = { actor: auditedActor(actor), action: 'recheck_payment', subject: id, after }
  await deps.db.transaction((em) => recordAudit(em, note, deps.clock.now()))
  return result
}
