import { type Database, type Given, type PaymentRow, prepared, sql } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'

/** What settling needs to know; what was received is compared under the row's lock. */
export type StoredPayment = Pick<
  PaymentRow,
  | 'id'
  | 'orderId'
  | 'customerId'
  | 'provider'
  | 'state'
  | 'reference'
  | 'amountMinor'
  | 'currency'
  | 'expiresAt'
  | 'checks'
> & { readonly hasTrouble: boolean }

export async function findPayment(db: Database, id: PaymentId): Promise<StoredPayment | null> {
  const [row] = await findRow(db, { id })
  if (!row) return null
  const { order_id: orderId, customer_id: customerId, amount_minor: minor, expires_at: expiresAt, ...rest } = row
  const { has_trouble: hasTrouble, ...same } = rest
  return { ...same, orderId, customerId, amountMinor: BigInt(minor), expiresAt, hasTrouble }
}

const findRow = prepared((db, { id }: Given<{ id: PaymentId }>) =>
  db
    .selectFrom('payments')
    .select(['id', 'order_id', 'customer_id', 'provider', 'state', 'reference', 'amount_minor', 'currency'])
    .select(['expires_at', 'checks', sql<boolean>`trouble is not null`.as('has_trouble')])
    .where('id', '=', id),
)
