import { PaymentEntity } from '@vpn-kiosk/db'
import type { Money, PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { lockPayment } from '../refund/book-refund.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { reverseWriteOff } from './reverse-write-off.ts'

export type UndoWriteOffResult =
  | { readonly kind: 'undone'; readonly amount: Money }
  | { readonly kind: 'already_done' }
  | { readonly kind: 'unknown_payment' }
  | Forbidden

/** Takes a write-off back: the money waits for a decision again. */
export async function undoWriteOff(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  paymentId: PaymentId,
): Promise<UndoWriteOffResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'refund_payments', em))) return { kind: 'forbidden' }
    const payment = await lockPayment(em, paymentId)
    if (!payment) return { kind: 'unknown_payment' }
    const now = deps.clock.now()
    const amount = await reverseWriteOff(em, payment, payment.state === 'mismatch' ? 'unclaimed' : 'lost', now)
    if (!amount) return { kind: 'already_done' }
    await em.nativeUpdate(PaymentEntity, { id: paymentId }, { decidedAt: null })
    const after = { amount: amount.minor.toString(), currency: amount.currency }
    await recordAudit(em, { actor: auditedActor(actor), action: 'undo_write_off', subject: paymentId, after }, now)
    return { kind: 'undone', amount }
  })
}
