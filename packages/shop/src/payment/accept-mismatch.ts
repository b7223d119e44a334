import { type EntityManager, OrderEntity, type OrderRow, PaymentEntity, RefundEntity } from '@vpn-kiosk/db'
import { type Money, money, type PaymentId, receivedPosting, suspensePosting } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import { deliverTopUp } from '../balance/deliver-top-up.ts'
import type { ShopDeps } from '../deps.ts'
import { atLeastZero, type LockedPayment, lockPayment } from '../refund/book-refund.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { changePaymentState } from './change-payment-state.ts'
import { deliverPurchase } from './deliver-purchase.ts'
import { findPayment, type StoredPayment } from './find-payment.ts'
import { orderOrBalance } from './order-or-balance.ts'
import { ownOrder } from './own-order.ts'
import { queueInvoiceEdit } from './queue-invoice-edit.ts'
import type { SettlePaymentDeps } from './settlement.ts'

export interface MismatchWish {
  readonly paymentId: PaymentId
  /** `ordered`: what was ordered, for what came. `balance`: what came is the customer's balance, and nothing is sold. */
  readonly as: 'ordered' | 'balance'
}

export type AcceptMismatchResult =
  | { readonly kind: 'accepted'; readonly amount: Money }
  | { readonly kind: 'already_done' }
  /** All of it was given back or written off, or the books cannot hold what came. */
  | { readonly kind: 'nothing_held' }
  /** What came is in another currency than the price: it can become the balance, or go back. */
  | { readonly kind: 'other_currency' }
  /** It is on its way back. */
  | { readonly kind: 'refund_open' }
  | { readonly kind: 'unknown_payment' }
  | Forbidden

/** The part of what came that is still here. */
export const heldOf = ({ received, refunded, writtenOff }: LockedPayment): Money =>
  money(atLeastZero(received.minor - refunded.minor - writtenOff), received.currency)

type Deps = SettlePaymentDeps & Pick<ShopDeps, 'policy'>

/**
 * Ends a payment whose money did not come as asked, in the customer's favour: what came becomes the price, and is booked
 * out of suspense. Pressed twice, or settled by the provider meanwhile, it happens once.
 */
export async function acceptMismatch(deps: Deps, actor: Actor, wish: MismatchWish): Promise<AcceptMismatchResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'refund_payments', em))) return { kind: 'forbidden' }
    const locked = await lockPayment(em, wish.paymentId)
    const found = locked && (await findPayment(em, wish.paymentId))
    if (!found) return { kind: 'unknown_payment' }
    if (locked.state !== 'mismatch') return { kind: 'already_done' }
    const open = { paymentId: wish.paymentId, state: { $in: ['requested' as const, 'pending' as const] } }
    if (await em.count(RefundEntity, open)) return { kind: 'refund_open' }
    const held = heldOf(locked)
    if (held.minor === 0n) return { kind: 'nothing_held' }
    const now = deps.clock.now()
    const stored = wish.as === 'ordered' ? await orderOrBalance(em, found, now) : found
    const isSale = wish.as === 'ordered' && stored.orderKind !== 'top_up'
    if (isSale && held.currency !== locked.price.currency) return { kind: 'other_currency' }
    await book(deps, em, { stored, held, isSale, price: locked.price })
    // An add-on whose stretch is over cannot be given any more.
    const as = stored.orderKind === found.orderKind ? wish.as : 'balance'
    const after = { as, amount: held.minor.toString(), currency: held.currency }
    await recordAudit(
      em,
      { actor: auditedActor(actor), action: 'accept_mismatch', subject: wish.paymentId, after },
      now,
    )
    deps.checkpoint('accept-mismatch:before-commit')
    return { kind: 'accepted', amount: held }
  })
}

interface ToBook {
  readonly stored: StoredPayment
  readonly held: Money
  readonly price: Money
  readonly isSale: boolean
}

async function book(deps: Deps, em: EntityManager, { stored, held, price, isSale }: ToBook): Promise<void> {
  const now = deps.clock.now()
  const { provider, customerId: customer, id } = stored
  const order = await ownOrder(em, stored, isSale)
  const orderId = order.id
  await em.nativeUpdate(PaymentEntity, { id }, { amountMinor: held.minor, currency: held.currency, decidedAt: now })
  const topUp = { kind: 'top_up' as const, planId: null, addonId: null, addonPeriodId: null }
  const kind = isSale || order.kind === 'top_up' ? {} : topUp
  await em.nativeUpdate(OrderEntity, { id: orderId }, { ...kind, ...agreedFor(order, held, price) })
  // Whoever reads the order in this transaction reads what is agreed now.
  await em.refresh(order)
  const sale = { provider, customer, price: held, surplus: null, fee: null }
  const released = suspensePosting(provider, money(-held.minor, held.currency))
  const entries = [...released, ...receivedPosting(isSale ? stored.orderKind : 'top_up', sale)]
  const posting = { key: `accepted:${id}`, entries }
  const payment = { ...stored, orderId, amountMinor: held.minor, currency: held.currency }
  await changePaymentState(em, { payment, to: 'paid', cause: 'accepted', received: held, posting, at: now })
  const given = isSale ? payment : { ...payment, orderKind: 'top_up' as const, topUpPlanId: null, addon: null }
  await (isSale ? deliverPurchase : deliverTopUp)(deps, em, given, now)
  await queueInvoiceEdit(deps, em, orderId)
  // More may have come since the books heard of it: what was not asked for is looked for once more.
  const transaction = em.getTransactionContext()
  await deps.queue.enqueue('settle-payment', { paymentId: id }, { transaction, key: id })
}

/** What came is the order's price too: in the order's currency where what came is a part of what was asked. */
function agreedFor(order: OrderRow, held: Money, price: Money): Pick<OrderRow, 'priceMinor' | 'currency'> {
  if (held.currency !== price.currency) return { priceMinor: held.minor, currency: held.currency }
  const agreed = (order.priceMinor * held.minor) / price.minor
  return { priceMinor: agreed > 0n ? agreed : 1n, currency: order.currency }
}
