import type { PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { type CheckPaymentResult, recheckPayment } from '../payment/check-payment.ts'
import {
  findPayment,
  listPayments,
  type PaymentLine,
  type PaymentPage,
  type PaymentsQuery,
} from '../payment/list-payments.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { type Actor, auditedActor, type Forbidden, mayAct, type Seen, seeIfPermitted } from './permission.ts'

type Deps = Pick<ShopDeps, 'db' | 'policy'>

/** Everybody's payments or one customer's, newest first, for whoever may see them. */
export const inspectPayments = (deps: Deps, actor: Actor, of: PaymentsQuery): Promise<Seen<PaymentPage>> =>
  seeIfPermitted(deps, actor, 'see_payments', () => listPayments(deps, of))

/** One payment; null when it is unknown. */
export const inspectPayment = (deps: Deps, actor: Actor, id: PaymentId): Promise<Seen<PaymentLine | null>> =>
  seeIfPermitted(deps, actor, 'see_payments', () => findPayment(deps, id))

export type RecheckAsStaffResult = CheckPaymentResult | Forbidden

/** Asks the provider again because somebody on the staff wants to know; settles what is found to be paid. */
export async function recheckAsStaff(
  deps: SettlePaymentDeps,
  actor: Actor,
  id: PaymentId,
): Promise<RecheckAsStaffResult> {
  if (!(await mayAct(deps, actor, 'see_payments'))) return { kind: 'forbidden' }
  const result = await recheckPayment(deps, id)
  if (result.kind === 'unknown_payment') return result
  const after = { result: result.kind }
  const note = { actor: auditedActor(actor), action: 'recheck_payment', subject: id, after }
  await deps.db.transaction((em) => recordAudit(em, note, deps.clock.now()))
  return result
}
