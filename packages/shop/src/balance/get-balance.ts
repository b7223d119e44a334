import { sql } from '@vpn-kiosk/db'
import { type CustomerId, type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Why a balance changed. `other`: something of an earlier version. */
type BalanceCause = 'top_up' | 'sale' | 'refund' | 'credit' | 'referral' | 'gift_returned' | 'addon' | 'other'

interface BalanceLine {
  readonly cause: BalanceCause
  /** Positive when it came, negative when it was spent or taken back. */
  readonly amount: Money
  readonly at: Date
}

export interface Balance {
  /** One entry a currency; empty where nothing is left. */
  readonly amounts: readonly Money[]
  /** The newest changes, newest first. */
  readonly lines: readonly BalanceLine[]
}

const shownLines = 8
const causes: readonly BalanceCause[] = ['top_up', 'sale', 'refund', 'credit', 'referral', 'gift_returned', 'addon']

/** What a customer has on the balance, and how it came about. Derived from the books. */
export async function getBalance({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId): Promise<Balance> {
  const account = `customer:${customerId}` as const
  const kysely = db.getKysely()
  const sums = await kysely
    .selectFrom('ledger_entries')
    .select(['currency', sql<string>`(-sum(amount_minor))::text`.as('minor')])
    .where('account', '=', account)
    .groupBy('currency')
    .having(sql<boolean>`sum(amount_minor) <> 0`)
    .orderBy('currency', 'desc')
    .execute()
  const rows = await kysely
    .selectFrom('ledger_entries as e')
    .innerJoin('ledger_postings as p', 'p.id', 'e.posting_id')
    .leftJoin('payments as y', 'y.id', 'p.payment_id')
    .leftJoin('orders as o', 'o.id', 'y.order_id')
    .select(['e.amount_minor', 'e.currency', 'p.at'])
    .select(
      sql<string>`case when p.key like 'sale:%' and o.kind = 'addon' then 'addon' else split_part(p.key, ':', 1) end`.as(
        'cause',
      ),
    )
    .where('e.account', '=', account)
    .orderBy('e.id', 'desc')
    .limit(shownLines)
    .execute()
  return {
    amounts: sums.map(({ currency, minor }) => money(BigInt(minor), currency)),
    lines: rows.map(({ amount_minor: minor, currency, at, cause }) => ({
      cause: causes.find((known) => known === cause) ?? 'other',
      amount: money(-BigInt(minor), currency),
      at,
    })),
  }
}
