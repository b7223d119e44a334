import { BroadcastEntity, type Given, prepared, sql } from '@vpn-kiosk/db'
import type { BroadcastId, CustomerId } from '@vpn-kiosk/domain'
import type { Claim, DeliveryDeps } from './delivery.ts'

/** Takes one person for the caller alone, right before Telegram is asked. Of two callers at once one gets the person. */
export async function claimRecipient(
  { db, clock }: DeliveryDeps,
  id: BroadcastId,
  customerId: CustomerId,
): Promise<Claim> {
  const rows = await claim(db, { id, customerId, now: clock.now() })
  if (rows.length > 0) return { kind: 'claimed' }
  const isRunning = await db.em().count(BroadcastEntity, { id, state: 'running' })
  return { kind: isRunning ? 'taken' : 'not_running' }
}

const claim = prepared((db, { id, customerId, now }: Given<{ id: BroadcastId; customerId: CustomerId; now: Date }>) =>
  db
    .updateTable('broadcast_recipients as r')
    .from('broadcasts as b')
    .set({ state: 'sending', at: now })
    .whereRef('b.id', '=', 'r.broadcast_id')
    .where('b.state', '=', sql.lit('running'))
    .where('r.broadcast_id', '=', id)
    .where('r.customer_id', '=', customerId)
    .where('r.state', '=', sql.lit('queued'))
    .returning('r.customer_id'),
)
