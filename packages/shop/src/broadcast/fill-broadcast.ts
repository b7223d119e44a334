import { type EntityManager, sql } from '@vpn-kiosk/db'
import type { BroadcastId, CustomerId } from '@vpn-kiosk/domain'
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
    const broadcast = await em
      .getKysely()
      .selectFrom('broadcasts')
      .select(['state', 'filled_to', 'filled_at'])
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (broadcast?.state !== 'running') return { kind: 'not_running' }
    if (broadcast.filled_at) return { kind: 'filled' }
    const added = await addRecipients(em, id, broadcast.filled_to)
    const isLast = added.count < page
    await em
      .getKysely()
      .updateTable('broadcasts')
      .set({
        filled: sql<number>`filled + ${added.count}`,
        filled_to: sql<CustomerId | null>`coalesce(${added.last}, filled_to)`,
        ...(isLast ? { filled_at: clock.now(), total: sql<number>`filled + ${added.count}` } : {}),
      })
      .where('id', '=', id)
      .execute()
    return { kind: isLast ? 'filled' : 'more' }
  })
}

/** How many people the next page holds, and the last of them. */
const addRecipients = (em: EntityManager, id: BroadcastId, after: CustomerId | null) =>
  em
    .getKysely()
    .with('people', (cte) =>
      cte
        .selectFrom('customers as c')
        .select('c.id')
        .where(isRecipient)
        .where('c.id', '>', after ?? ('' as CustomerId))
        .orderBy('c.id')
        .limit(page),
    )
    .with('added', (cte) =>
      cte
        .insertInto('broadcast_recipients')
        .columns(['broadcast_id', 'customer_id', 'state'])
        .expression((eb) =>
          eb
            .selectFrom('people')
            .select([sql`${id}::text`.as('broadcast_id'), 'people.id as customer_id', sql.lit('queued').as('state')]),
        )
        .onConflict((conflict) => conflict.doNothing()),
    )
    .selectFrom('people')
    .select((eb) => [sql<number>`count(*)::int`.as('count'), eb.fn.max('people.id').as('last')])
    .executeTakeFirstOrThrow()
