import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import type { BroadcastId, CustomerId, RecipientState } from '@vpn-kiosk/domain'
import { countOf } from './count-of.ts'
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
    await countOutcomes(em, id, reports, now)
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

/** A person given back after the broadcast ended would wait for ever: that one was missed. */
function countOutcomes(em: EntityManager, id: BroadcastId, reports: readonly OutcomeReport[], now: Date) {
  const records = sql<{ customer: CustomerId; outcome: OutcomeReport['outcome'] }>`
    jsonb_to_recordset(${JSON.stringify(reports.map(({ customerId, outcome }) => ({ customer: customerId, outcome })))}::jsonb)`
  return em
    .getKysely()
    .with('told', (cte) =>
      cte
        .updateTable('broadcast_recipients as r')
        .from([records.as<'o'>(sql`o (customer text, outcome text)`), 'broadcasts as b'])
        .set({
          state: sql<RecipientState>`case when o.outcome = 'unknown' then 'sending'
            when o.outcome = 'queued' and b.state = 'done' then 'failed' else o.outcome end`,
          at: sql<Date | null>`case when o.outcome in ('unknown', 'queued') then null else ${now}::timestamptz end`,
        })
        .whereRef('b.id', '=', 'r.broadcast_id')
        .where('r.broadcast_id', '=', id)
        .whereRef('r.customer_id', '=', 'o.customer')
        .where('r.state', '=', sql.lit('sending'))
        .returning('r.state'),
    )
    .with('counted', (cte) =>
      cte
        .selectFrom('told')
        .select([countOf('sent').as('sent'), countOf('unreachable').as('unreachable'), countOf('failed').as('failed')]),
    )
    .updateTable('broadcasts as b')
    .from('counted as c')
    .set((eb) => ({
      sent: eb('b.sent', '+', eb.ref('c.sent')),
      unreachable: eb('b.unreachable', '+', eb.ref('c.unreachable')),
      failed: eb('b.failed', '+', eb.ref('c.failed')),
    }))
    .where('b.id', '=', id)
    .where(sql<boolean>`c.sent + c.unreachable + c.failed > 0`)
    .execute()
}
