import { runStatement } from '@vpn-kiosk/db'
import type { BroadcastId, BroadcastState, CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { isRecipient } from './count-recipients.ts'

export type FillBroadcastResult = { readonly kind: 'more' | 'filled' | 'not_running' }

/** So few that nobody who buys meanwhile waits noticeably for a customer's row. */
const page = 500

/**
 * Writes down the next page of people that a running broadcast is for, as they are now. In the order of their ids, each
 * page with its mark in one short transaction: whoever dies between two pages, the next one goes on from the mark.
 */
export async function fillBroadcast(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  id: BroadcastId,
): Promise<FillBroadcastResult> {
  return db.transaction(async (em) => {
    const [broadcast] = await runStatement<{
      state: BroadcastState
      filled_to: CustomerId | null
      filled_at: Date | null
    }>(em, 'select state, filled_to, filled_at from broadcasts where id = $1 for no key update', [id])
    if (broadcast?.state !== 'running') return { kind: 'not_running' }
    if (broadcast.filled_at) return { kind: 'filled' }
    const [added] = await runStatement<{ count: number; last: CustomerId | null }>(
      em,
      `with people as (
         select c.id from customers c where ${isRecipient} and c.id > $2 order by c.id limit $3
       ), added as (
         insert into broadcast_recipients (broadcast_id, customer_id, state) select $1, id, 'queued' from people on conflict do nothing
       ) select count(*)::int as count, max(id) as last from people`,
      [id, broadcast.filled_to ?? '', page],
    )
    const isLast = (added?.count ?? 0) < page
    await runStatement(
      em,
      `update broadcasts set filled = filled + $2, filled_to = coalesce($3, filled_to),
         filled_at = $4, total = case when $4::timestamptz is null then total else filled + $2 end where id = $1`,
      [id, added?.count ?? 0, added?.last ?? null, isLast ? clock.now() : null],
    )
    return { kind: isLast ? 'filled' : 'more' }
  })
}
