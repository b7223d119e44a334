import type { EntityManager } from '@vpn-kiosk/db'
import {
  equalMoney,
  isReadable,
  judgeReceived,
  type Money,
  money,
  type PaymentId,
  type ProviderStatus,
  type Received,
  receivedPosting,
  suspensePosting,
  type UnreadableAmount,
} from '@vpn-kiosk/domain'
import { deliverTopUp } from '../balance/deliver-top-up.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { sumRefunds } from '../refund/sum-refunds.ts'
import { changePaymentState } from './change-payment-state.ts'
import { deliverPurchase } from './deliver-purchase.ts'
import { findPayment, type StoredPayment } from './find-payment.ts'
import { orderOrBalance } from './order-or-balance.ts'
import { queueInvoiceEdit } from './queue-invoice-edit.ts'
import { reverseWriteOff } from './reverse-write-off.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

type Came = ProviderStatus & { readonly kind: 'paid' }

/** Books money that came and delivers what it was for, in one transaction and at most once. Too little grants nothing. */
export async function receivePayment(
  deps: SettlePaymentDeps,
  found: StoredPayment,
  came: Came,
): Promise<SettlePaymentResult> {
  const { received, surplus: beyond, paymentId, fee, saved } = came
  const asked = money(found.amountMinor, found.currency)
  const judgement = judgeReceived(asked, received)
  const isAnothers = paymentId != null && paymentId !== found.id && !(await isOfSameOrder(deps, paymentId, found))
  if (judgement.kind === 'mismatch' || isAnothers || !isReadable(received)) {
    return holdForHuman(deps, found, came)
  }
  const surplus = judgement.kind === 'over' ? judgement.surplus : null
  const settled = await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const payment = await orderOrBalance(em, found, now)
    const { provider, customerId: customer } = payment
    const sale = { provider, customer, price: asked, surplus, fee: fee ?? null }
    const isTopUp = payment.orderKind === 'top_up'
    const entries = receivedPosting(payment.orderKind, sale)
    const posting = { key: `${isTopUp ? 'top_up' : 'sale'}:${payment.id}`, entries }
    const what = { received, ...(beyond && { receivedRaw: beyond.raw }) }
    const before = await changePaymentState(em, { payment, to: 'paid', cause: 'settled', ...what, posting, at: now })
    if (!before) return false
    await reverseWriteOff(em, payment, 'unclaimed', now)
    if (before.state === 'mismatch' && before.received && before.received.minor > 0n)
      await releaseSuspense(em, payment, before.received, now)
    await queueInvoiceEdit(deps, em, found.orderId)
    if (beyond) await tellOfSurplus(deps, em, payment, beyond, now)
    await (isTopUp ? deliverTopUp : deliverPurchase)(deps, em, { ...payment, saved }, now)
    deps.checkpoint('settle:before-commit')
    return true
  })
  deps.checkpoint('settle:committed')
  return { kind: settled ? 'settled' : 'already_settled' }
}

/** What the books cannot hold is not granted for, and not silent either: staff decide what the customer gets for it. */
const tellOfSurplus = (
  deps: SettlePaymentDeps,
  em: EntityManager,
  { id: paymentId }: StoredPayment,
  { raw: said }: UnreadableAmount,
  now: Date,
): Promise<void> => notifyStaff(deps, em, { kind: 'payment_trouble', paymentId, trouble: 'surplus', said }, now)

/** Two invoices that were made for one order at the same moment both carry the id of its first payment. */
async function isOfSameOrder(deps: SettlePaymentDeps, echoed: PaymentId, payment: StoredPayment): Promise<boolean> {
  return (await findPayment(deps.db, echoed))?.orderId === payment.orderId
}

/**
 * Money came, but not what was asked: nothing is granted and a human is called. The books hold it where they can; what
 * the shop cannot account in is kept as it was written.
 */
async function holdForHuman(
  deps: SettlePaymentDeps,
  payment: StoredPayment,
  { received, surplus }: Came,
): Promise<SettlePaymentResult> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const what = isReadable(received)
      ? { received, ...(surplus && { receivedRaw: surplus.raw }), ...holdInSuspense(payment, received) }
      : { receivedRaw: received.raw }
    const moved = await changePaymentState(em, { payment, to: 'mismatch', cause: 'mismatch', ...what, at: now })
    if (!moved) return
    await queueInvoiceEdit(deps, em, payment.orderId)
    await queueNotification(
      deps,
      em,
      {
        customerId: payment.customerId,
        key: `mismatch:${payment.id}`,
        notification: { kind: 'payment_mismatch', paymentId: payment.id, ...sumsOf(payment, received) },
      },
      now,
    )
    await notifyStaff(deps, em, { kind: 'payment_mismatch', paymentId: payment.id }, now)
  })
  return { kind: 'mismatch' }
}

const sumsOf = ({ amountMinor, currency }: StoredPayment, received: Received) =>
  isReadable(received) && !equalMoney(received, money(amountMinor, currency))
    ? { sums: { asked: write(money(amountMinor, currency)), received: write(received) } }
    : {}

const write = ({ minor, currency }: Money) => ({ minor: String(minor), currency })

/** Nothing came when all of it had been given back already: then there is nothing to hold. */
const holdInSuspense = (payment: StoredPayment, received: Money) =>
  received.minor === 0n
    ? {}
    : { posting: { key: `suspense:${payment.id}`, entries: suspensePosting(payment.provider, received) } }

/** What was held, and has not been given back since, is posted back beside the whole, which is posted as a sale. */
async function releaseSuspense(em: EntityManager, payment: StoredPayment, received: Money, at: Date): Promise<void> {
  const held = received.minor - (await sumRefunds(em, payment.id))
  if (held <= 0n) return
  const entries = suspensePosting(payment.provider, money(-held, received.currency))
  await writePosting(em, { paymentId: payment.id, at, posting: { key: `released:${payment.id}`, entries } })
}
