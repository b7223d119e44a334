import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import type { CustomerId, PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, mayAct } from '../staff/may-act.ts'

export type DecidePaymentResult =
  | { readonly kind: 'decided' | 'undecided' | 'already_done' }
  /** Nobody has to decide about this payment. */
  | { readonly kind: 'nothing_to_decide' }
  | Forbidden

/** Money is there, or may be, nothing was given, and nothing goes on by itself. Of `payments`; the same words as its index. */
const isForHumans = `(state = 'mismatch' or (state in ('expired', 'canceled') and trouble in ('unclear', 'unknown_invoice', 'refused')))`

/** Which payments wait for a human's decision. */
export const undecided = `decided_at is null and ${isForHumans}`

/** Notes that somebody on the staff has dealt with a payment, or that it is to be dealt with again. Moves no money. */
export function decidePayment(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: PaymentId,
  isDecided: boolean,
): Promise<DecidePaymentResult> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    if (!(await mayAct(deps, actor, 'see_payments', em))) return { kind: 'forbidden' }
    const changed = await runStatement(
      em,
      `update payments set decided_at = $2 where id = $1 and ${isForHumans} and (decided_at is null) = $3 returning id`,
      [id, isDecided ? now : null, isDecided],
    )
    if (changed.length === 0) {
      const known = await runStatement(em, `select 1 from payments where id = $1 and ${isForHumans}`, [id])
      return { kind: known.length > 0 ? 'already_done' : 'nothing_to_decide' }
    }
    const action = isDecided ? 'decide_payment' : 'undecide_payment'
    await recordAudit(em, { actor: auditedActor(actor), action, subject: id }, now)
    return { kind: isDecided ? 'decided' : 'undecided' }
  })
}

/** How many payments of a customer wait for a decision. */
export async function countUndecided(em: EntityManager, customerId: CustomerId): Promise<number> {
  const [row] = await runStatement<{ count: number }>(
    em,
    `select count(*)::int as count from payments where customer_id = $1 and ${undecided}`,
    [customerId],
  )
  return row?.count ?? 0
}
