import { sql } from '@vpn-kiosk/db'
import type { Id, Money, PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** What the sales that were counted in one alert came to, in each currency. */
export async function sumSales({ db }: Pick<ShopDeps, 'db'>, alertId: Id<'alert'>): Promise<Money[]> {
  const rows = await db
    .getKysely()
    .selectFrom('alert_events as e')
    .innerJoin('payments as p', (join) => join.on('p.id', '=', sql<PaymentId>`e.content ->> 'paymentId'`))
    .select(['p.currency', sql<string>`sum(p.amount_minor)::bigint`.as('minor')])
    .where('e.alert_id', '=', alertId)
    .groupBy('p.currency')
    .orderBy('p.currency')
    .execute()
  return rows.map((row) => ({ minor: BigInt(row.minor), currency: row.currency }))
}
