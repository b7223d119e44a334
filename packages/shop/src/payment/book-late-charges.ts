import { CustomerEntity, LockMode, PaymentEntity, StarChargeEntity } from '@vpn-kiosk/db'
import { addMoney, money, type PaymentId, receivedPosting } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { lockPayment } from '../refund/book-refund.ts'

/**
 * Stars that came for a payment after it was settled: two checkouts were approved before either was paid. What is beyond the
 * sum that was booked becomes the balance, and staff hear of it; true when there was something. Safe to repeat.
 */
export async function bookLateCharges(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'checkpoint'>,
  paymentId: PaymentId,
): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const payment = await lockPayment(em, paymentId)
    if (payment?.provider !== 'stars' || (payment.state !== 'paid' && payment.state !== 'refunded')) return false
    const { customerId: customer, provider, received, refundedBefore } = payment
    const charges = await em.find(StarChargeEntity, { paymentId })
    const came = charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    const extra = money(came - received.minor - refundedBefore, received.currency)
    if (extra.minor <= 0n || received.currency !== 'XTR') return false
    const at = deps.clock.now()
    await em.findOneOrFail(CustomerEntity, { id: customer }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const entries = receivedPosting('top_up', { provider, customer, price: extra, surplus: null, fee: null })
    await writePosting(em, { paymentId, at, posting: { key: `late:${paymentId}:${came}`, entries } })
    const sum = addMoney(received, extra)
    await em.nativeUpdate(PaymentEntity, { id: paymentId }, { receivedMinor: sum.minor, receivedCurrency: 'XTR' })
    await notifyStaff(deps, em, { kind: 'paid_twice', paymentId }, at)
    deps.checkpoint('late-charges:before-commit')
    return true
  })
}
