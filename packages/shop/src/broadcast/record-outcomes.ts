import { anyOf, sql } from '@vpn-kiosk/db'
import type { BroadcastId } from '@vpn-kiosk/domain'
import type { DeliveryDeps, OutcomeReport } from './delivery.ts'

/** Writes down how sending ended. Who can't be reached is marked so, and left alone until their next update. */
export async function recordOutcomes(
  { db, clock }: DeliveryDeps,
  id: BroadcastId,
  reports: readonly OutcomeReport[],
): Promise<void> {
  if (reports.length === 0) return
  const now = clock.now()
  await db.transaction(async (em) => {
    // A person given back after the broadcast ended would wait for ever: that one was missed.
    const told = JSON.stringify(reports.map(({ customerId, outcome }) => ({ customer: customerId, outcome })))
    await sql`
       with told as (
         update broadcast_recipients r set
           state = case when o.outcome = 'unknown' then 'sending' when o.outcome = 'queued' and b.state = 'done' then 'failed' else o.outcome end,
           at = case when o.outcome in ('unknown', 'queued') then null else ${now}::timestamptz end
         from jsonb_to_recordset(${told}::jsonb) as o(customer text, outcome text), broadcasts b
         where b.id = r.broadcast_id and r.broadcast_id = ${id} and r.customer_id = o.customer and r.state = 'sending'
         returning r.state
       ), counted as (
         select count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'unreachable') as unreachable,
           count(*) filter (where state = 'failed') as failed from told
       )
       update broadcasts b set sent = b.sent + c.sent, unreachable = b.unreachable + c.unreachable, failed = b.failed + c.failed
       from counted c where b.id = ${id} and c.sent + c.unreachable + c.failed > 0`.execute(em.getKysely())
    const gone = reports.filter(({ outcome }) => outcome === 'unreachable').map(({ customerId }) => customerId)
    if (gone.length === 0) return
    await em
      .getKysely()
      .updateTable('customers')
      .set({ unreachable_at: now })
      .where('unreachable_at', 'is', null)
      .where('id', '=', anyOf(gone))
      .execute()
  })
}
