import { sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { mayBePaid, releasePromo } from './release-promo.ts'

const page = 200
/** The next sweep goes on. */
const mostPages = 50

/** Gives back the codes of orders that have run out and can no longer be paid. */
export async function releasePromos({ db }: Pick<ShopDeps, 'db'>): Promise<void> {
  for (let pages = 0; pages < mostPages; pages++) {
    const rows = await db
      .getKysely()
      .selectFrom('orders as o')
      .select('o.id')
      .where('o.promo_taken', '=', sql.lit(true))
      .where('o.state', '=', sql.lit('expired'))
      .where(({ not }) => not(mayBePaid))
      .orderBy('o.expires_at')
      .limit(page)
      .execute()
    for (const { id } of rows) await db.transaction((em) => releasePromo(em, id))
    if (rows.length < page) return
  }
}
