import type { EntityManager } from '@vpn-kiosk/db'
import type { StoredPayment } from '../payment/find-payment.ts'
import { lockUnsettled } from '../payment/lock-unsettled.ts'
import { ownTopUp } from '../payment/own-top-up.ts'

/**
 * The payment of a trial as it is to be booked. Whoever has had a trial meanwhile has none for the money of another invoice:
 * it becomes a top-up of the balance. In the transaction that marks the payment paid, before it does.
 */
export async function trialOrBalance(em: EntityManager, payment: StoredPayment): Promise<StoredPayment> {
  if (!(await lockUnsettled(em, payment.id))) return payment
  const customer = await em
    .getKysely()
    .selectFrom('customers')
    .select('trial_used_at')
    .where('id', '=', payment.customerId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return customer.trial_used_at === null ? payment : ownTopUp(em, payment)
}
