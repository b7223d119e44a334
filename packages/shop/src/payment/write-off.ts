import { type EntityManager, PaymentEntity, RefundEntity } from '@vpn-kiosk/db'
import { type Money, money, newId, type PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { atLeastZero, type LockedPayment, lockPayment } from '../refund/book-refund.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { heldOf } from './accept-mismatch.ts'
import { type WriteOffKind, writeOffEntries } from './reverse-write-off.ts'

export type WriteOffResult =
  | { readonly kind: 'written_off'; readonly amount: Money }
  | { readonly kind: 'already_done' }
  /** Nothing of it is held for a decision, and the provider lacks no sum of it. */
  | { readonly kind: 'nothing_to_write_off' }
  /** It is on its way back. */
  | { readonly kind: 'refund_open' }
  | { readonly kind: 'unknown_payment' }
  | Forbidden

/**
 * Gives up money: what the provider does not have becomes a loss, and what nobody claims is kept. The customer has what
 * the customer had. Nothing of it can be accepted or given back until that is undone; pressed twice, it happens once.
 */
export async function writeOff(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'checkpoint'>,
  actor: Actor,
  paymentId: PaymentId,
): Promise<WriteOffResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'refund_payments', em))) return { kind: 'forbidden' }
    const payment = await lockPayment(em, paymentId)
    if (!payment) return { kind: 'unknown_payment' }
    if (payment.writtenOff > 0n) return { kind: 'already_done' }
    const open = { paymentId, state: { $in: ['requested' as const, 'pending' as const] } }
    if (await em.count(RefundEntity, open)) return { kind: 'refund_open' }
    const { kind, amount } = await judge(em, payment)
    if (amount.minor === 0n) return { kind: 'nothing_to_write_off' }
    const now = deps.clock.now()
    const posting = { key: `written_off:${newId('posting')}`, entries: writeOffEntries(kind, payment, amount) }
    await writePosting(em, { paymentId, at: now, posting })
    await em.nativeUpdate(PaymentEntity, { id: paymentId }, { writtenOffMinor: amount.minor, decidedAt: now })
    const after = { as: kind, amount: amount.minor.toString(), currency: amount.currency }
    await recordAudit(em, { actor: auditedActor(actor), action: 'write_off', subject: paymentId, after }, now)
    deps.checkpoint('write-off:before-commit')
    return { kind: 'written_off', amount }
  })
}

/** What can be given up: of a wrong sum what is held, of a settled payment what its provider lacks and the books still have. */
async function judge(
  em: EntityManager,
  payment: LockedPayment,
): Promise<{ readonly kind: WriteOffKind; readonly amount: Money }> {
  if (payment.state === 'mismatch') return { kind: 'unclaimed', amount: heldOf(payment) }
  const row = await em
    .getKysely()
    .selectFrom('payments')
    .select('difference_minor')
    .where('id', '=', payment.id)
    .where('state', 'in', ['paid', 'refunded'])
    .where('difference', 'in', ['missing', 'less'])
    .executeTakeFirst()
  const lacking = BigInt(row?.difference_minor ?? 0)
  const left = atLeastZero(payment.received.minor - payment.refunded.minor)
  return { kind: 'lost', amount: money(lacking < left ? lacking : left, payment.received.currency) }
}
