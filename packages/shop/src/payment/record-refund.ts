import { type EntityManager, sql } from '@vpn-kiosk/db'
import { isReadable, type PaymentId, type Received } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'

/**
 * Keeps what was seen to have been given back at the provider, and tells staff once for each new amount. The right that
 * was bought stays until they decide. False: it was known.
 */
export async function recordRefund(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  paymentId: PaymentId,
  refunded: Received,
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const isNews = await note(em, paymentId, refunded, now)
    if (isNews) await notifyStaff(deps, em, { kind: 'refund_seen', paymentId }, now)
    return isNews
  })
}

async function note(em: EntityManager, paymentId: PaymentId, refunded: Received, now: Date): Promise<boolean> {
  const minor = isReadable(refunded) ? refunded.minor : null
  const currency = isReadable(refunded) ? refunded.currency : null
  const raw = isReadable(refunded) ? null : refunded.raw
  const noted = await em
    .getKysely()
    .with('noted', (cte) =>
      cte
        .updateTable('payments')
        .set({ refunded_minor: minor, refunded_currency: currency, refunded_raw: raw, refunded_at: now })
        .where('id', '=', paymentId)
        .where(
          sql<boolean>`(refunded_minor, refunded_currency, refunded_raw)
            is distinct from (${minor}::bigint, ${currency}::text, ${raw}::text)`,
        )
        .returning(['id', 'state']),
    )
    .insertInto('payment_steps')
    .columns(['payment_id', 'before', 'after', 'cause', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('noted')
        .select([
          'noted.id',
          'noted.state as before',
          'noted.state as after',
          sql.lit('refund_seen').as('cause'),
          sql`${now}::timestamptz`.as('at'),
        ]),
    )
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}
