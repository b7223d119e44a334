import { anyOf, type EntityManager, type Expression, type Given, type PaymentRow, prepared, sql } from '@vpn-kiosk/db'
import {
  type CancelReason,
  type Currency,
  type Money,
  money,
  type PaymentId,
  type PaymentState,
  paymentTransitions,
  statesBefore,
} from '@vpn-kiosk/domain'
import { entriesOf, type Posting, type PostingValues, postingValues } from '../ledger/write-posting.ts'

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

/** How the payment stood until then. */
export interface PaymentBefore {
  readonly state: PaymentState
  readonly received: Money | null
}

/**
 * The compare-and-set, with its line of history and its posting: how the payment stood for exactly one caller, null for
 * all others. One statement; the row is locked by its first part, so that what is compared is what was last committed.
 */
export async function changePaymentState(em: EntityManager, move: PaymentMove): Promise<PaymentBefore | null> {
  const { payment, to, cause, reason, received, receivedRaw, posting, at } = move
  const [before] = await writeMove(em, {
    id: payment.id,
    from: statesBefore(paymentTransitions, to),
    to,
    receivedMinor: received?.minor ?? null,
    receivedCurrency: received?.currency ?? null,
    receivedRaw: receivedRaw ?? null,
    reason: reason ?? null,
    cause,
    at,
    ...postingValues(posting ?? null),
  })
  return before ? { state: before.state, received: readReceived(before) } : null
}

type Before = Awaited<ReturnType<typeof writeMove>>[number]

const readReceived = ({ received_minor: minor, received_currency: currency }: Before): Money | null =>
  minor === null || currency === null ? null : money(BigInt(minor), currency)

interface MoveValues extends PostingValues {
  readonly id: PaymentId
  readonly from: readonly PaymentState[]
  readonly to: PaymentState
  readonly receivedMinor: bigint | null
  readonly receivedCurrency: Currency | null
  readonly receivedRaw: string | null
  readonly reason: CancelReason | null
  readonly cause: string
  readonly at: Date
}

const writeMove = prepared((db, given: Given<MoveValues>) => {
  const at = sql<Date>`${given.at}::timestamptz`
  return db
    .with(
      (cte) => cte('before').materialized(),
      (cte) =>
        cte
          .selectFrom('payments')
          .select(['id', 'state', 'received_minor', 'received_currency'])
          .where('id', '=', given.id)
          .forUpdate(),
    )
    .with('moved', (cte) =>
      cte
        .updateTable('payments as p')
        .from('before')
        .set(movedColumns(given, at))
        .whereRef('p.id', '=', 'before.id')
        .where('before.state', '=', anyOf(given.from))
        .returning('p.id'),
    )
    .with('step', (cte) =>
      cte
        .insertInto('payment_steps')
        .columns(['payment_id', 'before', 'after', 'cause', 'at'])
        .expression((eb) =>
          eb
            .selectFrom('moved')
            .innerJoin('before', 'before.id', 'moved.id')
            .select(['moved.id', 'before.state', sql`${given.to}::text`.as('after')])
            .select(sql`${given.cause}::text`.as('cause'))
            .select(at.as('at')),
        ),
    )
    .with('posting', (cte) =>
      cte
        .insertInto('ledger_postings')
        .columns(['id', 'key', 'payment_id', 'at'])
        .expression((eb) =>
          eb
            .selectFrom('moved')
            .select([sql`${given.postingId}::text`.as('posting'), sql`${given.postingKey}::text`.as('key')])
            .select(['moved.id', at.as('at')])
            .where(sql<boolean>`${given.postingKey}::text is not null`),
        )
        .returning('id'),
    )
    .with('entries', (cte) =>
      cte
        .insertInto('ledger_entries')
        .columns(['posting_id', 'account', 'amount_minor', 'currency'])
        .expression((eb) =>
          eb
            .selectFrom(['posting', entriesOf(given)])
            .select(['posting.id', 'entry.account', 'entry.amount_minor', 'entry.currency']),
        ),
    )
    .selectFrom('before')
    .innerJoin('moved', 'moved.id', 'before.id')
    .select(['before.state', 'before.received_minor', 'before.received_currency'])
})

const movedColumns = (
  { to, receivedMinor, receivedCurrency, receivedRaw, reason }: Given<MoveValues>,
  at: Expression<Date>,
) => ({
  state: to,
  received_minor: sql<bigint | null>`coalesce(${receivedMinor}, p.received_minor)`,
  received_currency: sql<Currency | null>`coalesce(${receivedCurrency}, p.received_currency)`,
  received_raw: sql<string | null>`coalesce(${receivedRaw}, p.received_raw)`,
  reason: sql<string | null>`coalesce(${reason}, p.reason)`,
  paid_at: sql<Date | null>`case when ${to}::text = 'paid' then ${at} else p.paid_at end`,
  refunded_before_minor: sql<bigint | null>`
    case when ${to}::text in ('paid', 'mismatch') then p.refunded_minor else p.refunded_before_minor end`,
  next_check_at: null,
})
