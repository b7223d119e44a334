import { sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** Telegram ids of those whom the admin bot could not tell the latest: they have never started it, or blocked it. */
export async function listUnreachableStaff({ db }: Pick<ShopDeps, 'db'>): Promise<bigint[]> {
  const rows = await db
    .getKysely()
    .selectFrom((eb) =>
      eb
        .selectFrom('staff')
        .select('telegram_id')
        .union(eb.selectFrom('staff_notifications').select('telegram_id').where('state', '=', sql.lit('unreachable')))
        .as('people'),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('staff_notifications as n')
          .select('n.state')
          .whereRef('n.telegram_id', '=', 'people.telegram_id')
          .where('n.settled_at', 'is not', null)
          .orderBy('n.settled_at', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select('people.telegram_id')
    .where('latest.state', '=', sql.lit('unreachable'))
    .execute()
  return rows.map((row) => BigInt(row.telegram_id))
}
