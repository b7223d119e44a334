import { CustomerEntity, LockMode, PaymentEntity } from '@vpn-kiosk/db'
import { type Money, money, type PaymentId, receivedPosting } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { lockPayment } from '../refund/book-refund.ts'
import { takeBackWriteOff } from './take-back-write-off.ts'

/**
 * Money that came for a payment after it was settled. `came`: all that has come for it, what was given back included. What is
 * beyond the sum that was booked becomes the balance, and staff hear of it; what had been given up of that sum is no loss any
 * more. True when there was something. Safe to repeat.
 */
export async function bookLateMoney(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'checkpoint'>,
  paymentId: PaymentId,
  came: Money,
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const payment = await lockPayment(em, paymentId)
    if (payment?.state !== 'paid' && payment?.state !== 'refunded') return false
    const { customerId: customer, provider, received, refundedBefore } = payment
    const extra = money(came.minor - received.minor - refundedBefore, received.currency)
    if (received.currency !== came.currency) return false
    const at = deps.clock.now()
    const isFound = await takeBackWriteOff(em, payment, came.minor, at)
    if (extra.minor <= 0n) return isFound
    await em.findOneOrFail(CustomerEntity, { id: customer }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const entries = receivedPosting('top_up', { provider, customer, price: extra, surplus: null, fee: null })
    await writePosting(em, { paymentId, at, posting: { key: `late:${paymentId}:${came.minor}`, entries } })
    const sum = { receivedMinor: received.minor + extra.minor, receivedCurrency: received.currency }
    await em.nativeUpdate(PaymentEntity, { id: paymentId }, sum)
    await notifyStaff(deps, em, { kind: 'paid_twice', paymentId }, at)
    deps.checkpoint('late-money:before-commit')
    return true
  })
}
