import {
  type EntityManager,
  LedgerEntryEntity,
  LedgerPostingEntity,
  LockMode,
  OrderEntity,
  type OrderRow,
  PaymentEntity,
  type PaymentRow,
  PaymentStepEntity,
  PlanEntity,
} from '@vpn-kiosk/db'
import {
  addMs,
  assertBalanced,
  type CancelReason,
  canMove,
  hourMs,
  isBefore,
  judgeReceived,
  type LedgerEntry,
  type Money,
  minuteMs,
  money,
  newId,
  type PaymentId,
  type PaymentState,
  type ProviderStatus,
  paymentTransitions,
  salePosting,
  suspensePosting,
} from '@vpn-kiosk/domain'
import { requestAccess } from '../access/request-access.ts'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { announceWhenReady } from '../notice/announce-when-ready.ts'
import { queueNotice, tellStaff } from '../notice/queue-notice.ts'
import { rewardReferrer } from '../referral/reward-referrer.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'

export type SettlePaymentDeps = Pick<
  ShopDeps,
  'db' | 'queue' | 'clock' | 'providers' | 'drivers' | 'vault' | 'policy' | 'checkpoint'
>

export type SettlePaymentResult =
  | { readonly kind: 'settled' }
  | { readonly kind: 'already_settled' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'canceled'; readonly reason: CancelReason }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'unknown_payment' }

/**
 * Asks the provider how a payment stands and makes it true here. Settles at most once; safe to call any number
 * of times, at once, late and out of order. Throws when the provider does not answer, and is then asked again later and later.
 */
export async function settlePayment(deps: SettlePaymentDeps, paymentId: PaymentId): Promise<SettlePaymentResult> {
  const payment = await deps.db.em().findOne(PaymentEntity, { id: paymentId })
  if (!payment) return { kind: 'unknown_payment' }
  if (payment.state === 'paid' || payment.state === 'refunded') return { kind: 'already_settled' }
  const provider = deps.providers.get(payment.provider)
  if (!provider || payment.reference === null) return waitOrExpire(deps, payment)

  const status = await provider.fetchStatus(payment.reference).catch(async (error: unknown) => {
    await checkLater(deps, payment)
    throw error
  })
  deps.checkpoint('settle:fetched')
  switch (status.kind) {
    case 'pending':
      return waitOrExpire(deps, payment)
    case 'canceled':
      return cancel(deps, payment, status.reason)
    case 'paid':
      return receive(deps, payment, status)
  }
}

async function receive(
  deps: SettlePaymentDeps,
  payment: PaymentRow,
  status: ProviderStatus & { kind: 'paid' },
): Promise<SettlePaymentResult> {
  const asked = money(payment.amountMinor, payment.currency)
  const judgement = judgeReceived(asked, status.received)
  const isAnothers = status.paymentId != null && status.paymentId !== payment.id
  if (judgement.kind === 'mismatch' || isAnothers) return holdForHuman(deps, payment, status.received)
  const settled = await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const received = { receivedMinor: status.received.minor, receivedCurrency: status.received.currency }
    const before = await move(em, payment, 'paid', 'settled', now, { ...received, paidAt: now, nextCheckAt: null })
    if (!before) return false
    const surplus = judgement.kind === 'over' ? judgement.surplus : null
    if (before.state === 'mismatch') await releaseSuspense(em, before, now)
    await post(
      em,
      `sale:${payment.id}`,
      payment,
      salePosting(payment.provider, payment.customerId, asked, surplus),
      now,
    )
    await deliver(deps, em, payment, now)
    deps.checkpoint('settle:before-commit')
    return true
  })
  deps.checkpoint('settle:committed')
  return { kind: settled ? 'settled' : 'already_settled' }
}

/** Everything that a paid payment brings, in the transaction that marks it paid. */
async function deliver(deps: SettlePaymentDeps, em: EntityManager, payment: PaymentRow, now: Date): Promise<void> {
  const order: OrderRow = await em.findOneOrFail(OrderEntity, { id: payment.orderId })
  await em.nativeUpdate(OrderEntity, { id: order.id, state: { $ne: 'paid' } }, { state: 'paid', paidAt: now })
  const plan = await em.findOneOrFail(PlanEntity, { id: order.planId })
  const extended = await extendSubscription(
    em,
    { customerId: payment.customerId, days: order.days, key: `payment:${payment.id}`, plan },
    now,
  )
  if (!extended) throw new Error(`${payment.id} was granted before it was paid`)
  const { subscription, wasRunning } = extended
  await requestAccess(deps, em, subscription.id, now)
  const notice = wasRunning
    ? ({ kind: 'renewed', subscriptionId: subscription.id, days: order.days } as const)
    : ({ kind: 'key_ready', subscriptionId: subscription.id, reason: 'purchase' } as const)
  const request = { customerId: payment.customerId, key: `paid:${payment.id}`, notice, subscriptionId: subscription.id }
  // Whoever was banned meanwhile keeps the time, and there is no key to speak of.
  if (subscription.state === 'active') await announceWhenReady(deps, em, request, now)
  await rewardReferrer(deps, em, payment.customerId, now)
  await tellStaff(deps, em, { kind: 'sale', paymentId: payment.id })
  await recordActivity(em, payment.customerId, 'paid', now)
}

/** Money came, but not what was asked: nothing is granted, the books hold it, a human is called. */
async function holdForHuman(
  deps: SettlePaymentDeps,
  payment: PaymentRow,
  received: Money,
): Promise<SettlePaymentResult> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const change = { receivedMinor: received.minor, receivedCurrency: received.currency, nextCheckAt: null }
    if (!(await move(em, payment, 'mismatch', 'mismatch', now, change))) return
    await post(em, `suspense:${payment.id}`, payment, suspensePosting(payment.provider, received), now)
    await queueNotice(
      deps,
      em,
      {
        customerId: payment.customerId,
        key: `mismatch:${payment.id}`,
        notice: { kind: 'payment_mismatch', paymentId: payment.id },
      },
      now,
    )
    await tellStaff(deps, em, { kind: 'payment_mismatch', paymentId: payment.id })
  })
  return { kind: 'mismatch' }
}

/** What was held is posted back before the whole is posted as a sale. */
async function releaseSuspense(em: EntityManager, payment: PaymentRow, now: Date): Promise<void> {
  if (payment.receivedMinor === null || payment.receivedCurrency === null) return
  const held = money(-payment.receivedMinor, payment.receivedCurrency)
  await post(em, `released:${payment.id}`, payment, suspensePosting(payment.provider, held), now)
}

async function cancel(
  deps: SettlePaymentDeps,
  payment: PaymentRow,
  reason: CancelReason,
): Promise<SettlePaymentResult> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const state = reason === 'expired' ? 'expired' : 'canceled'
    if (!(await move(em, payment, state, reason, now, { reason, nextCheckAt: null }))) return
    if (state === 'expired') return
    await queueNotice(
      deps,
      em,
      {
        customerId: payment.customerId,
        key: `canceled:${payment.id}`,
        notice: { kind: 'payment_canceled', orderId: payment.orderId, reason },
      },
      now,
    )
  })
  return { kind: 'canceled', reason }
}

/** Checks again soon at first and rarely later; a day after the invoice's end nothing is expected any more. */
async function waitOrExpire(deps: SettlePaymentDeps, payment: PaymentRow): Promise<SettlePaymentResult> {
  const now = deps.clock.now()
  if (isBefore(addMs(payment.expiresAt, 24 * hourMs), now)) return cancel(deps, payment, 'expired')
  await checkLater(deps, payment)
  return { kind: 'pending' }
}

async function checkLater(deps: SettlePaymentDeps, payment: PaymentRow): Promise<void> {
  const waitMs = Math.min(30_000 * 2 ** Math.min(payment.checks, 8), 15 * minuteMs)
  await deps.db
    .em()
    .nativeUpdate(
      PaymentEntity,
      { id: payment.id, state: { $in: ['created', 'pending'] } },
      { nextCheckAt: addMs(deps.clock.now(), waitMs), checks: payment.checks + 1 },
    )
}

/** The compare-and-set: the payment as it was just before for exactly one caller, null for all others. */
async function move(
  em: EntityManager,
  payment: PaymentRow,
  to: PaymentState,
  cause: string,
  at: Date,
  change: Partial<PaymentRow>,
): Promise<PaymentRow | null> {
  const before = await em.findOneOrFail(PaymentEntity, { id: payment.id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!canMove(paymentTransitions, before.state, to)) return null
  await em.nativeUpdate(PaymentEntity, { id: payment.id, state: before.state }, { state: to, ...change })
  await em.insert(PaymentStepEntity, { paymentId: payment.id, before: before.state, after: to, cause, at })
  return before
}

async function post(
  em: EntityManager,
  key: string,
  payment: PaymentRow,
  entries: readonly LedgerEntry[],
  at: Date,
): Promise<void> {
  assertBalanced(entries)
  const postingId = newId('posting')
  await em.insert(LedgerPostingEntity, { id: postingId, key, paymentId: payment.id, at })
  await em.insertMany(
    LedgerEntryEntity,
    entries.map(({ account, amount }) => ({
      postingId,
      account,
      amountMinor: amount.minor,
      currency: amount.currency,
    })),
  )
}
