import { sql } from '@vpn-kiosk/db'
import { type Currency, type Money, money } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'

/** What does not agree, each with by how much; empty when the books are right. */
export interface BooksDifference {
  /**
   * `unbalanced`: debits and credits differ. `deferred`: the account is not what the sales still owe. `gifts`: the account
   * is not what was paid for gifts that nobody has activated.
   */
  readonly kind: 'unbalanced' | 'deferred' | 'gifts' | 'negative_balance'
  readonly amount: Money
}

/**
 * The trial balance: all entries sum to zero, what is deferred is what the sales still owe, what gifts owe is what was
 * paid for those that wait, and no customer's balance is below zero. The owner is told of what does not agree. Reads the whole books: for a nightly job and for tests.
 */
export async function checkBooks({
  db,
  queue,
  clock,
}: Pick<ShopDeps, 'db' | 'queue' | 'clock'>): Promise<BooksDifference[]> {
  const { rows } = await sql<{ kind: BooksDifference['kind']; currency: Currency; minor: string }>`
    with accounts as (
      select account, currency, sum(amount_minor) as minor from ledger_entries group by account, currency
    ), owed as (
      select 'deferred' as account, currency, sum(deferred_minor) as minor from sales where deferred_minor > 0 group by currency
      union all
      select 'gifts', p.currency, sum(p.amount_minor) from gifts g join payments p on p.id = g.payment_id
      where g.state = 'waiting' group by p.currency
    )
    select 'unbalanced' as kind, currency, sum(minor)::text as minor from accounts group by currency having sum(minor) <> 0
    union all
    select account, currency, (coalesce(-a.minor, 0) - coalesce(owed.minor, 0))::text
    from (select account, currency, minor from accounts where account in ('deferred', 'gifts')) a
      full join owed using (account, currency)
    where coalesce(-a.minor, 0) <> coalesce(owed.minor, 0)
    union all
    select 'negative_balance', currency, (-sum(minor))::text from accounts
    where account like 'customer:%' and minor > 0 group by currency`.execute(db.getKysely())
  const differences = rows.map(({ kind, currency, minor }) => ({ kind, amount: money(BigInt(minor), currency) }))
  if (differences.length > 0) {
    const what = rows.map(({ kind, currency, minor }) => `${kind}: ${minor} ${currency}`).join(', ')
    await db.transaction((em) => notifyStaff({ queue }, em, { kind: 'books_wrong', what }, clock.now()))
  }
  return differences
}
