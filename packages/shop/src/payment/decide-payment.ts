import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { CustomerId, PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

export type DecidePaymentResult =
  | { readonly kind: 'decided' | 'undecided' | 'already_done' }
  /** Nobody has to decide about this payment. */
  | { readonly kind: 'nothing_to_decide' }
  | Forbidden

/**
 * Money is there, or may be, nothing was given, and nothing goes on by itself; or the provider has something else of what
 * was settled. Of `payments`; the same words as its index.
 */
const isForHumans = sql<boolean>`(
  state = 'mismatch' or (state in ('expired', 'canceled') and trouble in ('unclear', 'unknown_invoice', 'refused'))
  or difference is not null)`

/** Which payments wait for a human's decision. */
export const undecided = sql<boolean>`(decided_at is null and ${isForHumans})`

/** Notes that somebody on the staff has dealt with a payment, or that it is to be dealt with again. Moves no money. */
export function decidePayment(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  id: PaymentId,
  isDecided: boolean,
): Promise<DecidePaymentResult> {
  const now = deps.clock.now()
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'see_payments', em))) return { kind: 'forbidden' }
    const db = em.getKysely()
    const changed = await db
      .updateTable('payments')
      .set({ decided_at: isDecided ? now : null })
      .where('id', '=', id)
      .where(isForHumans)
      .where('decided_at', isDecided ? 'is' : 'is not', null)
      .returning('id')
      .executeTakeFirst()
    if (!changed) {
      const known = await db
        .selectFrom('payments')
        .select('id')
        .where('id', '=', id)
        .where(isForHumans)
        .executeTakeFirst()
      return { kind: known ? 'already_done' : 'nothing_to_decide' }
    }
    const action = isDecided ? 'decide_payment' : 'undecide_payment'
    await recordAudit(em, { actor: auditedActor(actor), action, subject: id }, now)
    return { kind: isDecided ? 'decided' : 'undecided' }
  })
}

/** How many payments of a customer wait for a decision. */
export async function countUndecided(em: EntityManager, customerId: CustomerId): Promise<number> {
  const { count } = await em
    .getKysely()
    .selectFrom('payments')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('customer_id', '=', customerId)
    .where(undecided)
    .executeTakeFirstOrThrow()
  return count
}
