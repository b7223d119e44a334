import { type EntityManager, RefundEntity } from '@vpn-kiosk/db'
import { balanceProvider, type Id, isRefundable, type Money, money, newId, type PaymentId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { atLeastZero, type BookRefundDeps, bookRefund, type LockedPayment, lockPayment } from './book-refund.ts'

export type RequestRefundDeps = BookRefundDeps & Pick<ShopDeps, 'providers'>

export interface RefundWish {
  readonly paymentId: PaymentId
  /** In minor units of what was received; null = all that is left. */
  readonly minor: bigint | null
  /** Of the button that was pressed: pressed again, it asks for nothing new. */
  readonly requestId: string
  /** The money has been given back otherwise: the provider is not asked. */
  readonly byHand: boolean
}

export type RequestRefundResult =
  | { readonly kind: 'requested' | 'booked'; readonly refundId: Id<'refund'>; readonly amount: Money }
  | { readonly kind: 'already_requested' }
  /** Another refund of this payment is on its way. */
  | { readonly kind: 'another_open' }
  | { readonly kind: 'too_much'; readonly most: Money }
  /** Nothing came, or all of it has been given back. */
  | { readonly kind: 'nothing_to_refund' }
  /** The provider gives nothing back when asked, or only all of it at once: staff do it by hand. */
  | { readonly kind: 'only_by_hand' | 'only_whole' }
  | { readonly kind: 'unknown_payment' }
  | Forbidden

/**
 * Asks for money to be given back. It is stored before the provider is asked, by a job; by hand it is booked at once.
 * What it takes from the customer is in `domain/payment/refund.ts`.
 */
export async function requestRefund(
  deps: RequestRefundDeps,
  actor: Actor,
  wish: RefundWish,
): Promise<RequestRefundResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'refund_payments', em))) return { kind: 'forbidden' }
    const payment = await lockPayment(em, wish.paymentId)
    if (!payment) return { kind: 'unknown_payment' }
    const known = await em.findOne(RefundEntity, { paymentId: wish.paymentId, requestId: wish.requestId })
    if (known) return { kind: 'already_requested' }
    const allowed = judge(deps, payment, wish)
    if (allowed.kind !== 'allowed') return allowed
    const open = { paymentId: wish.paymentId, state: { $in: ['requested' as const, 'pending' as const] } }
    if (await em.count(RefundEntity, open)) return { kind: 'another_open' }
    return store(deps, em, actor, { payment, wish, amount: allowed.amount })
  })
}

type Judged = { readonly kind: 'allowed'; readonly amount: Money } | RequestRefundResult

/**
 * What may be given back of a payment: of what went to the balance (a top-up, a gift that ended there, or what came
 * beyond the price), no more than is left there and promised to no other refund.
 */
export function refundableOf(payment: LockedPayment): Money {
  const { state, price, received, refunded, writtenOff, topUpLeft, freeBalance } = payment
  const isHere = state === 'paid' || state === 'mismatch'
  const rest = isHere ? atLeastZero(received.minor - refunded.minor - writtenOff) : 0n
  if (state !== 'paid') return money(rest, received.currency)
  // What came from the balance and went back there is back.
  if (isOfBalance(payment) && topUpLeft !== null) return money(0n, received.currency)
  const priceLeft = topUpLeft === null ? atLeastZero(price.minor - refunded.minor) : 0n
  const ofPrice = priceLeft < rest ? priceLeft : rest
  const ofBalance = atLeastZero(rest - ofPrice)
  const isCovered = ofBalance <= freeBalance
  return money(isCovered ? rest : rest - ofBalance + freeBalance, received.currency)
}

/** What was paid from the balance goes back to it, without anybody else. */
const isOfBalance = ({ provider }: Pick<LockedPayment, 'provider'>): boolean => provider === balanceProvider

function judge({ providers }: RequestRefundDeps, payment: LockedPayment, { minor, byHand }: RefundWish): Judged {
  const most = refundableOf(payment)
  if (most.minor === 0n) return { kind: 'nothing_to_refund' }
  const amount = money(minor ?? most.minor, most.currency)
  if (amount.minor <= 0n || amount.minor > most.minor) return { kind: 'too_much', most }
  if (byHand && isOfBalance(payment)) return { kind: 'nothing_to_refund' }
  if (byHand || isOfBalance(payment)) return { kind: 'allowed', amount }
  const provider = providers.get(payment.provider)
  if (!provider || !isRefundable(provider)) return { kind: 'only_by_hand' }
  if (provider.refunds === 'whole' && amount.minor !== payment.received.minor) return { kind: 'only_whole' }
  return { kind: 'allowed', amount }
}

interface ToStore {
  readonly payment: LockedPayment
  readonly wish: RefundWish
  readonly amount: Money
}

async function store(
  deps: RequestRefundDeps,
  em: EntityManager,
  actor: Actor,
  { payment, wish, amount }: ToStore,
): Promise<RequestRefundResult> {
  const now = deps.clock.now()
  const id = newId('refund')
  const isAtOnce = wish.byHand || isOfBalance(payment)
  await em.insert(RefundEntity, {
    id,
    paymentId: payment.id,
    state: isAtOnce ? 'done' : 'requested',
    source: isAtOnce ? 'by_hand' : 'provider',
    amountMinor: amount.minor,
    currency: amount.currency,
    requestId: wish.requestId,
    requestedBy: auditedActor(actor),
    reference: null,
    reason: null,
    tries: 0,
    nextTryAt: isAtOnce ? null : now,
    createdAt: now,
    closedAt: isAtOnce ? now : null,
  })
  const after = { amount: amount.minor.toString(), currency: amount.currency, byHand: wish.byHand }
  const note = { actor: auditedActor(actor), action: 'request_refund', subject: payment.id, after }
  await recordAudit(em, note, now)
  if (isAtOnce) {
    await bookRefund(deps, em, payment, { id, amountMinor: amount.minor }, now)
    return { kind: 'booked', refundId: id, amount }
  }
  const transaction = em.getTransactionContext()
  await deps.queue.enqueue('carry-out-refund', { refundId: id }, { transaction, key: id })
  return { kind: 'requested', refundId: id, amount }
}
