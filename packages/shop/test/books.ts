import type { TestShop } from '@vpn-kiosk/shop/testing'

export interface MoneyLine {
  readonly account: string
  readonly minor: bigint
}

/** The sums a payment left in each account, by name. */
export async function readBooks(world: TestShop, paymentId: string): Promise<MoneyLine[]> {
  const rows = await world.fixture.database.em().execute<{ account: string; minor: string }[]>(
    `select e.account, sum(e.amount_minor) as minor from ledger_entries e join ledger_postings p on p.id = e.posting_id
     where p.payment_id = ? group by e.account order by e.account`,
    [paymentId],
  )
  return rows.map((row) => ({ account: row.account, minor: BigInt(row.minor) }))
}
