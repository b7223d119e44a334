import { type EntityManager, sql } from '@vpn-kiosk/db'
import { balanceProvider } from '@vpn-kiosk/domain'
import type { StoredPayment } from '../payment/find-payment.ts'

/** Whether a customer has paid in at least the price of this payment from outside, less what was given back. */
export async function hasPaidIn(
  em: EntityManager,
  { customerId, amountMinor, currency }: Pick<StoredPayment, 'customerId' | 'amountMinor' | 'currency'>,
): Promise<boolean> {
  const { minor } = await em
    .getKysely()
    .selectFrom('payments')
    .select(sql<string>`coalesce(sum(greatest(0, amount_minor - coalesce(refunded_minor, 0))), 0)::text`.as('minor'))
    .where('customer_id', '=', customerId)
    .where('state', '=', sql.lit('paid'))
    .where('provider', '<>', balanceProvider)
    .where('currency', '=', currency)
    .executeTakeFirstOrThrow()
  return BigInt(minor) >= amountMinor
}
