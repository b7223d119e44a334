import { OrderEntity, ProviderRefusalEntity, runStatement } from '@vpn-kiosk/db'
import { addDays, addMs, longestPostponementMs, minuteMs, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

const page = 200

/** What was put off while the clock was ahead would wait until then. */
const postponedStatement = `
  update payments set next_check_at = $1 where id in (
    select id from payments where state in ('created', 'pending') and next_check_at > $2
    order by next_check_at desc limit $3 for update skip locked
  )`

const refusalsKeptDays = 30

/**
 * Queues a settlement for every payment whose next check is due, so that a webhook is never required. Pages, and
 * moves each payment's next check before its job exists, so that a sweep does not pile up on the last one.
 */
export async function sweepPayments({ db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = clock.now()
  await db.transaction((em) => runStatement(em, postponedStatement, [now, addMs(now, longestPostponementMs), page]))
  let swept = 0
  for (;;) {
    const due = await db.transaction(async (em) => {
      const rows = await em.execute<{ id: PaymentId }[]>(
        `update payments set next_check_at = ? where id = any(array(
           select id from payments where state in ('created', 'pending') and next_check_at <= ? order by next_check_at limit ? for update skip locked
         )) returning id`,
        [addMs(now, minuteMs), now, page],
      )
      await queue.enqueueMany(
        'settle-payment',
        rows.map(({ id }) => ({ paymentId: id })),
        {
          transaction: em.getTransactionContext(),
          isSwept: true,
          priority: 'bulk',
          keyOf: ({ paymentId }) => paymentId,
        },
      )
      return rows.length
    })
    swept += due
    if (due < page) break
  }
  await db.em().nativeDelete(ProviderRefusalEntity, { lastAt: { $lt: addDays(now, -refusalsKeptDays) } })
  await db.em().nativeUpdate(OrderEntity, { state: 'open', expiresAt: { $lte: now } }, { state: 'expired' })
  return swept
}
