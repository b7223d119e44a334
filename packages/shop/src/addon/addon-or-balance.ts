import { type EntityManager, OrderEntity } from '@vpn-kiosk/db'
import { fitsStretch } from '@vpn-kiosk/domain'
import { lockBalance } from '../balance/lock-balance.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import { lockUnsettled } from '../payment/lock-unsettled.ts'
import { ownTopUp } from '../payment/own-top-up.ts'
import { findAddonStretch } from './find-addon-stretch.ts'

/**
 * The payment as it is to be booked. Money for an add-on that cannot be granted any more, because its stretch is over, has
 * no limit to raise, or got it by another payment of the same order, becomes a top-up of the balance. In the transaction that
 * marks the payment paid, before it does; a payment that is paid already is left as it is.
 */
export async function addonOrBalance(em: EntityManager, payment: StoredPayment, now: Date): Promise<StoredPayment> {
  const { addon } = payment
  if (payment.orderKind !== 'addon' || !addon || !(await lockUnsettled(em, payment.id))) return payment
  await lockBalance(em, payment.customerId, payment.currency)
  const { stretch } = await findAddonStretch(em, payment.customerId, addon.periodId, now)
  const isBought = (await em.count(OrderEntity, { id: payment.orderId, state: 'paid' })) > 0
  if (stretch && fitsStretch(addon, stretch) && !isBought) return payment
  const undelivered = { kind: addon.kind, amount: addon.amount, why: isBought ? 'twice' : 'over' } as const
  return { ...(await ownTopUp(em, payment)), undelivered }
}
