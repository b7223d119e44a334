import { BroadcastEntity } from '@vpn-kiosk/db'
import type { BroadcastId, CustomerId } from '@vpn-kiosk/domain'
import type { Claim, DeliveryDeps } from './delivery.ts'

/** Takes one person for the caller alone, right before Telegram is asked. Of two callers at once one gets the person. */
export async function claimRecipient(
  { db, clock }: DeliveryDeps,
  id: BroadcastId,
  customerId: CustomerId,
): Promise<Claim> {
  const em = db.em()
  const rows = await em.execute<{ customer_id: CustomerId }[]>(
    `update broadcast_recipients r set state = 'sending', at = ? from broadcasts b
     where b.id = r.broadcast_id and b.state = 'running' and r.broadcast_id = ? and r.customer_id = ? and r.state = 'queued'
     returning r.customer_id`,
    [clock.now(), id, customerId],
  )
  if (rows.length > 0) return { kind: 'claimed' }
  const isRunning = await em.count(BroadcastEntity, { id, state: 'running' })
  return { kind: isRunning ? 'taken' : 'not_running' }
}
