import type { Currency, Id, Money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** What the sales that were counted in one alert came to, in each currency. */
export async function sumSales({ db }: Pick<ShopDeps, 'db'>, alertId: Id<'alert'>): Promise<Money[]> {
  const rows = await db.em().execute<{ currency: Currency; minor: string }[]>(
    `select p.currency, sum(p.amount_minor)::bigint as minor from alert_events e join payments p on p.id = e.content ->> 'paymentId'
     where e.alert_id = ? group by p.currency order by p.currency`,
    [alertId],
  )
  return rows.map((row) => ({ minor: BigInt(row.minor), currency: row.currency }))
}
