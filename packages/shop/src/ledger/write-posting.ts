import { type EntityManager, type Given, prepared, sql } from '@vpn-kiosk/db'
import {
  assertBalanced,
  type Currency,
  type Id,
  type LedgerAccount,
  type LedgerEntry,
  newId,
  type PaymentId,
} from '@vpn-kiosk/domain'

export interface Posting {
  /** What happened, once: `sale:pay_…`. The unique key makes a repeat fail. */
  readonly key: string
  readonly entries: readonly LedgerEntry[]
}

export interface NewPosting {
  /** Null where it belongs to no single payment. */
  readonly paymentId: PaymentId | null
  readonly at: Date
  readonly posting: Posting
}

/** Writes a posting into the books, in the caller's transaction. */
export async function writePosting(em: EntityManager, { paymentId, at, posting }: NewPosting): Promise<void> {
  await write(em, { paymentId, at, ...postingValues(posting) })
}

/** A posting as columns: id, key, and the entries as three lists. */
export interface PostingValues {
  readonly postingId: Id<'posting'>
  readonly postingKey: string | null
  readonly accounts: readonly LedgerAccount[]
  readonly amounts: readonly bigint[]
  readonly currencies: readonly Currency[]
}

/** Throws when the entries do not sum to zero. */
export function postingValues(posting: Posting | null): PostingValues {
  const entries = posting?.entries ?? []
  assertBalanced(entries)
  return {
    postingId: newId('posting'),
    postingKey: posting?.key ?? null,
    accounts: entries.map(({ account }) => account),
    amounts: entries.map(({ amount }) => amount.minor),
    currencies: entries.map(({ amount }) => amount.currency),
  }
}

/** SQL: the entries as rows of `entry`. */
export const entriesOf = ({ accounts, amounts, currencies }: Given<PostingValues>) =>
  sql<{ account: LedgerAccount; amount_minor: string; currency: Currency }>`
    unnest(${accounts}::text[], ${amounts}::bigint[], ${currencies}::text[])`.as<'entry'>(
    sql`entry (account, amount_minor, currency)`,
  )

const write = prepared((db, given: Given<PostingValues & { paymentId: PaymentId | null; at: Date }>) =>
  db
    .with('posting', (cte) =>
      cte
        .insertInto('ledger_postings')
        .values({
          id: given.postingId,
          key: sql<string>`${given.postingKey}`,
          payment_id: given.paymentId,
          at: given.at,
        })
        .returning('id'),
    )
    .insertInto('ledger_entries')
    .columns(['posting_id', 'account', 'amount_minor', 'currency'])
    .expression((eb) =>
      eb
        .selectFrom(['posting', entriesOf(given)])
        .select(['posting.id', 'entry.account', 'entry.amount_minor', 'entry.currency']),
    ),
)
