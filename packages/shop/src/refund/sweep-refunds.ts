import { type Id, longestPostponementMs } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** More wait for the next sweep. */
const page = 100

/** Queues every refund whose next try is due: its job may have been lost, or the clock set back. */
export async function sweepRefunds({ db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  const now = clock.now()
  const due = await db
    .getKysely()
    .selectFrom('refunds')
    .select('id')
    .where('state', 'in', ['requested', 'pending'])
    .where((eb) =>
      eb.or([eb('next_try_at', '<=', now), eb('next_try_at', '>', new Date(now.getTime() + longestPostponementMs))]),
    )
    .orderBy('next_try_at')
    .limit(page)
    .execute()
  await queue.enqueueMany(
    'carry-out-refund',
    due.map(({ id }) => ({ refundId: id as Id<'refund'> })),
    { isSwept: true, keyOf: ({ refundId }) => refundId },
  )
  return due.length
}
