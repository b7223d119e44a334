import { anyOf, type EntityManager, OrderEntity, ProviderRefusalEntity, sql } from '@vpn-kiosk/db'
import { addDays, addMs, longestPostponementMs, minuteMs, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { releasePromos } from '../discount/release-promos.ts'

const page = 200

/** SQL: the words of the index `payments_due`. */
const isOpen = sql<boolean>`state in ('created', 'pending')`

const refusalsKeptDays = 30

/**
 * Queues a settlement for every payment whose next check is due, so that a webhook is never required. Pages, and
 * moves each payment's next check before its job exists, so that a sweep does not pile up on the last one.
 */
export async function sweepPayments({ db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = clock.now()
  await takeUpPostponed(db, now)
  let swept = 0
  for (;;) {
    const due = await db.transaction(async (em) => {
      const rows = await takeDue(em, now)
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
  await releasePromos({ db })
  return swept
}

/** What was put off while the clock was ahead would wait until then. */
const takeUpPostponed = (db: ShopDeps['db'], now: Date) =>
  db
    .getKysely()
    .updateTable('payments')
    .set({ next_check_at: now })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('payments')
        .select('id')
        .where(isOpen)
        .where('next_check_at', '>', addMs(now, longestPostponementMs))
        .orderBy('next_check_at', 'desc')
        .limit(page)
        .forUpdate()
        .skipLocked(),
    )
    .execute()

const takeDue = (em: EntityManager, now: Date) =>
  em
    .getKysely()
    .updateTable('payments')
    .set({ next_check_at: addMs(now, minuteMs) })
    .where('id', '=', (eb) => {
      const due = eb
        .selectFrom('payments as p')
        .select('p.id')
        .where(isOpen)
        .where('p.next_check_at', '<=', now)
        .orderBy('p.next_check_at')
        .limit(page)
        .forUpdate()
        .skipLocked()
      return anyOf(sql<PaymentId[]>`array(${due})`)
    })
    .returning('id')
    .execute()
