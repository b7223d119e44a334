import { sql } from '@vpn-kiosk/db'
import { type BookedPayment, type Currency, money } from '@vpn-kiosk/domain'

/** Columns of `payments` from which `bookedOf` reads. */
export const bookedColumns = [
  'received_minor',
  'received_currency',
  'refunded_before_minor',
  'written_off_minor',
  sql<string>`(select coalesce(sum(r.amount_minor), 0)::text from refunds r where r.payment_id = payments.id
    and r.state = 'done' and r.source <> 'by_hand' and r.closed_at >= payments.paid_at)`.as('given_back'),
] as const

export interface BookedRow {
  readonly received_minor: string | bigint | null
  readonly received_currency: Currency | null
  readonly refunded_before_minor: string | bigint | null
  readonly written_off_minor: string | bigint | null
  readonly given_back: string
}

/** What the books have of a settled payment; null of one that is older than the books. */
export function bookedOf(row: BookedRow): BookedPayment | null {
  if (row.received_minor === null || row.received_currency === null) return null
  const before = BigInt(row.refunded_before_minor ?? 0)
  const came = BigInt(row.received_minor) + before - BigInt(row.written_off_minor ?? 0)
  const currency = row.received_currency
  return { came: money(came, currency), refunded: money(before + BigInt(row.given_back), currency) }
}
