import { RefundEntity, type RefundRow } from '@vpn-kiosk/db'
import {
  addMs,
  cutText,
  hourMs,
  type Id,
  isBefore,
  isRefundable,
  minuteMs,
  money,
  type ProviderReference,
  ProviderRefused,
  ProviderUnreachable,
  type Refundable,
  type RefundStatus,
  refundWaits,
} from '@vpn-kiosk/domain'
import { notifyStaff } from '../notification/notify-staff.ts'
import { listReceiptProviders } from '../payment/list-receipt-providers.ts'
import { bookRefund, closeRefund, lockPayment } from './book-refund.ts'
import type { RequestRefundDeps } from './request-refund.ts'

export type CarryOutRefundResult = 'done' | 'pending' | 'failed' | 'unanswered' | 'nothing_to_do'

/**
 * Has the provider give a refund back that was asked for, and books it. Safe to call any number of times: the provider
 * gives back once, and the books take it once. What nobody answers is tried again, ever more rarely, for a day.
 */
export async function carryOutRefund(deps: RequestRefundDeps, refundId: Id<'refund'>): Promise<CarryOutRefundResult> {
  const found = await findOpen(deps, refundId)
  if (!found) return 'nothing_to_do'
  const { refund, reference, provider } = found
  if (!provider || reference === null) return postpone(deps, refund, 'the provider is not there: its keys are missing')
  if (found.isSpent) return fail(deps, refund, 'the balance has been spent meanwhile')
  let status: RefundStatus
  try {
    status = await ask(provider, refund, reference, found)
  } catch (error) {
    if (error instanceof ProviderRefused) return fail(deps, refund, error.message)
    if (!(error instanceof ProviderUnreachable)) throw error
    return postpone(deps, refund, error.message)
  }
  deps.checkpoint('refund:answered')
  if (status.kind === 'failed') return fail(deps, refund, status.reason)
  if (status.kind === 'pending') return wait(deps, refund, status.reference)
  const { reference: given } = status
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const payment = await lockPayment(em, refund.paymentId)
    if (!payment || !(await closeRefund(em, refund.id, now))) return
    // What was given back elsewhere meanwhile is booked already: never more than came.
    const beyond = refund.amountMinor - (payment.received.minor - payment.refunded.minor)
    if (beyond > 0n) await notifyStaff(deps, em, { kind: 'refund_seen', paymentId: payment.id }, now)
    const amountMinor = beyond > 0n ? refund.amountMinor - beyond : refund.amountMinor
    if (amountMinor <= 0n) return
    await em.nativeUpdate(RefundEntity, { id: refund.id }, { reference: given, amountMinor })
    await bookRefund(deps, em, payment, { ...refund, amountMinor }, now)
  })
  deps.checkpoint('refund:booked')
  return 'done'
}

interface Open {
  readonly refund: RefundRow
  /** Null where its keys have been taken away since. */
  readonly provider: Refundable | null
  readonly reference: ProviderReference | null
  readonly refundedBefore: bigint
  /** Where the receipt of a part goes; absent where none is sent, or nobody knows where to. */
  readonly receiptEmail?: string
  /** Of a top-up: the balance no longer covers it, and nobody has asked the provider yet. */
  readonly isSpent: boolean
}

async function findOpen(deps: RequestRefundDeps, id: Id<'refund'>): Promise<Open | null> {
  return deps.db.transaction(async (em) => {
    const refund = await em.findOne(RefundEntity, { id, state: { $in: ['requested', 'pending'] } })
    if (!refund) return null
    const payment = await lockPayment(em, refund.paymentId)
    const row = await em
      .getKysely()
      .selectFrom('payments')
      .innerJoin('customers', 'customers.id', 'payments.customer_id')
      .select(['payments.reference', 'customers.receipt_email'])
      .where('payments.id', '=', refund.paymentId)
      .executeTakeFirst()
    if (!payment) return null
    const known = deps.providers.get(payment.provider)
    const provider = known && isRefundable(known) ? known : null
    const isSpent = payment.topUpLeft !== null && payment.topUpLeft < refund.amountMinor && refund.tries === 0
    const email = (await listReceiptProviders(em, deps.providers)).has(payment.provider) ? row?.receipt_email : null
    return {
      refund,
      provider,
      reference: row?.reference ?? null,
      refundedBefore: payment.refundedBefore + payment.refunded.minor,
      isSpent,
      ...(email && { receiptEmail: email }),
    }
  })
}

function ask(
  provider: Refundable,
  refund: RefundRow,
  reference: ProviderReference,
  { refundedBefore, receiptEmail }: Open,
): Promise<RefundStatus> {
  const request = {
    refundId: refund.id,
    reference,
    amount: money(refund.amountMinor, refund.currency),
    refundedBefore: money(refundedBefore, refund.currency),
    reason: 'Refund',
    receiptEmail,
  }
  return refund.reference === null ? provider.refundPayment(request) : provider.fetchRefund(request, refund.reference)
}

async function fail(deps: RequestRefundDeps, refund: RefundRow, said: string): Promise<CarryOutRefundResult> {
  const reason = cutText(said, 300)
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const failed = await em.nativeUpdate(
      RefundEntity,
      { id: refund.id, state: { $in: ['requested', 'pending'] } },
      { state: 'failed', reason, closedAt: now, nextTryAt: null },
    )
    if (failed) await notifyStaff(deps, em, { kind: 'refund_failed', paymentId: refund.paymentId, reason }, now)
  })
  return 'failed'
}

async function wait(deps: RequestRefundDeps, refund: RefundRow, reference: string): Promise<CarryOutRefundResult> {
  if (isOver(refund, deps.clock.now())) return fail(deps, refund, 'the provider does not finish it')
  await tryLater(deps, refund, { state: 'pending', reference, reason: null })
  return 'pending'
}

/** What nobody answers for as long as a refund may wait is for staff: the provider's cabinet says what became of it. */
async function postpone(deps: RequestRefundDeps, refund: RefundRow, said: string): Promise<CarryOutRefundResult> {
  const now = deps.clock.now()
  if (isOver(refund, now)) return fail(deps, refund, said)
  await tryLater(deps, refund, { reason: cutText(said, 300) })
  return 'unanswered'
}

const isOver = ({ state, createdAt }: RefundRow, now: Date): boolean =>
  isBefore(addMs(createdAt, refundWaits[state === 'pending' ? 'pending' : 'requested'].atMostMs), now)

const tryLater = ({ db, clock }: RequestRefundDeps, refund: RefundRow, change: Partial<RefundRow>) =>
  db
    .em()
    .nativeUpdate(
      RefundEntity,
      { id: refund.id, state: { $in: ['requested', 'pending'] } },
      { ...change, tries: refund.tries + 1, nextTryAt: addMs(clock.now(), pauseMs(refund.tries)) },
    )

const pauseMs = (tries: number): number => Math.min(minuteMs * 2 ** Math.min(tries, 6), hourMs)
