import { type EntityManager, type PaymentRow, runStatement } from '@vpn-kiosk/db'
import {
  assertBalanced,
  type CancelReason,
  type Currency,
  type LedgerEntry,
  type Money,
  money,
  newId,
  type PaymentId,
  type PaymentState,
  paymentTransitions,
  statesBefore,
} from '@vpn-kiosk/domain'

export interface PaymentMove {
  readonly payment: Pick<PaymentRow, 'id'>
  readonly to: PaymentState
  /** For the history. */
  readonly cause: string
  readonly reason?: CancelReason
  readonly received?: Money
  /** What came and cannot be accounted in, as it was written. */
  readonly receivedRaw?: string
  readonly posting?: Posting
  readonly at: Date
}

export interface Posting {
  /** What happened, once: `sale:pay_…`. The unique key makes a repeat fail. */
  readonly key: string
  readonly entries: readonly LedgerEntry[]
}

/** How the payment stood until then. */
export interface PaymentBefore {
  readonly state: PaymentState
  readonly received: Money | null
}

/**
 * The compare-and-set, with its line of history and its posting: how the payment stood for exactly one caller, null for
 * all others. One statement; the row is locked by its first part, so that what is compared is what was last committed.
 */
export async function movePayment(em: EntityManager, move: PaymentMove): Promise<PaymentBefore | null> {
  const { payment, to, cause, reason, received, receivedRaw, posting, at } = move
  const [before] = await runStatement<Before>(em, moveStatement, [
    payment.id,
    statesBefore(paymentTransitions, to),
    to,
    received?.minor ?? null,
    received?.currency ?? null,
    reason ?? null,
    cause,
    at,
    ...postingValues(posting ?? null),
    receivedRaw ?? null,
  ])
  return before ? { state: before.state, received: readReceived(before) } : null
}

interface Before {
  readonly state: PaymentState
  readonly received_minor: string | null
  readonly received_currency: Currency | null
}

const readReceived = ({ received_minor: minor, received_currency: currency }: Before): Money | null =>
  minor === null || currency === null ? null : money(BigInt(minor), currency)

const moveStatement = `
  with before as materialized (
    select id, state, received_minor, received_currency from payments where id = $1 for update
  ), moved as (
    update payments p set state = $3, received_minor = coalesce($4, p.received_minor),
      received_currency = coalesce($5, p.received_currency),
      received_raw = coalesce($14, p.received_raw), reason = coalesce($6, p.reason),
      paid_at = case when $3 = 'paid' then $8 else p.paid_at end, next_check_at = null
    from before where p.id = before.id and before.state = any($2) returning p.id
  ), step as (
    insert into payment_steps (payment_id, before, after, cause, at)
    select moved.id, before.state, $3, $7, $8 from moved join before on before.id = moved.id
  ), posting as (
    insert into ledger_postings (id, key, payment_id, at) select $9, $10, id, $8 from moved where $10::text is not null returning id
  ), entries as (
    insert into ledger_entries (posting_id, account, amount_minor, currency)
    select posting.id, entry.* from posting, unnest($11::text[], $12::bigint[], $13::text[]) as entry
  )
  select before.state, before.received_minor, before.received_currency from before join moved on moved.id = before.id`

/** Writes a posting into the books beside the one that a move brings. */
export async function post(em: EntityManager, paymentId: PaymentId, posting: Posting, at: Date): Promise<void> {
  await runStatement(em, postStatement, [paymentId, at, ...postingValues(posting)])
}

const postStatement = `
  with posting as (insert into ledger_postings (id, key, payment_id, at) values ($3, $4, $1, $2) returning id)
  insert into ledger_entries (posting_id, account, amount_minor, currency)
  select posting.id, entry.* from posting, unnest($5::text[], $6::bigint[], $7::text[]) as entry`

/** Id, key, and the entries as three columns. */
function postingValues(posting: Posting | null): unknown[] {
  const entries = posting?.entries ?? []
  assertBalanced(entries)
  return [
    newId('posting'),
    posting?.key ?? null,
    entries.map(({ account }) => account),
    entries.map(({ amount }) => amount.minor),
    entries.map(({ amount }) => amount.currency),
  ]
}
