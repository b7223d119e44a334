import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { readReport } from './get-month-report.ts'
import { type Month, rangeOf } from './month.ts'

export type CloseMonthResult =
  | { readonly kind: 'closed' }
  | { readonly kind: 'already_closed' }
  /** It runs, or ended less than two days ago. */
  | { readonly kind: 'too_early' }
  | Forbidden

/**
 * Makes the figures of a month stand, for ever: the database books nothing into it or before it any more. What comes to
 * light afterwards, such as a refund, is booked when it comes to light.
 */
export async function closeMonth(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'checkpoint'>,
  actor: Actor,
  month: Month,
): Promise<CloseMonthResult> {
  if (!(await hasPermission(deps, actor, 'close_months'))) return { kind: 'forbidden' }
  const report = await readReport(deps, month)
  if (report.closedAt) return { kind: 'already_closed' }
  if (report.month !== month || !report.canClose) return { kind: 'too_early' }
  const { month: _, previous: _previous, next: _next, closedAt: _closedAt, canClose: _canClose, ...figures } = report
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const closed = await em
      .getKysely()
      .insertInto('closed_months')
      .values({
        month,
        ends_at: rangeOf(month, deps.policy.timeZone).until,
        closed_at: now,
        closed_by: auditedActor(actor),
        figures: JSON.stringify(figures, (_name, value) =>
          typeof value === 'bigint' ? value.toString() : value,
        ) as never,
      })
      .onConflict((conflict) => conflict.column('month').doNothing())
      .returning('month')
      .executeTakeFirst()
    if (!closed) return { kind: 'already_closed' }
    await recordAudit(em, { actor: auditedActor(actor), action: 'close_month', subject: month }, now)
    deps.checkpoint('close-month:before-commit')
    return { kind: 'closed' }
  })
}
