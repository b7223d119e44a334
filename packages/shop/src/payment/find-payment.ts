import type { Database, PaymentRow } from '@vpn-kiosk/db'
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

export async function findPayment(db: Pick<Database, 'read'>, id: PaymentId): Promise<StoredPayment | null> {
  const [row] = await db.read<Row>(statement, [id])
  if (!row) return null
  const { order_id: orderId, customer_id: customerId, amount_minor: minor, expires_at, has_trouble, ...same } = row
  return {
    ...same,
    orderId,
    customerId,
    amountMinor: BigInt(minor),
    expiresAt: new Date(expires_at),
    hasTrouble: has_trouble,
  }
}

interface Row extends Pick<PaymentRow, 'id' | 'provider' | 'state' | 'reference' | 'currency' | 'checks'> {
  readonly order_id: PaymentRow['orderId']
  readonly customer_id: PaymentRow['customerId']
  readonly amount_minor: string
  readonly expires_at: Date | string
  readonly has_trouble: boolean
}

const statement = {
  name: 'payment-to-settle',
  text: `select id, order_id, customer_id, provider, state, reference, amount_minor, currency, expires_at, checks,
      trouble is not null as has_trouble
    from payments where id = $1`,
}
