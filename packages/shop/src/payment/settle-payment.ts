import { PaymentEntity } from '@vpn-kiosk/db'
import {
  addMs,
  type CancelReason,
  isBefore,
  minuteMs,
  type PaymentId,
  ProviderRefused,
  type ProviderStatus,
  ProviderUnclear,
  ProviderUnreachable,
  paymentWaits,
} from '@vpn-kiosk/domain'
import { recordRefund } from '../refund/record-refund.ts'
import { bookLateCharges } from './book-late-charges.ts'
import { closePayment } from './close-payment.ts'
import { completeAccepted } from './complete-accepted.ts'
import { findPayment, type StoredPayment } from './find-payment.ts'
import { receivePayment } from './receive-payment.ts'
import { recordRefusal } from './record-refusal.ts'
import { forgetTrouble, recordTrouble, type Trouble } from './record-trouble.ts'
import type { SettlePaymentDeps, SettlePaymentResult } from './settlement.ts'

/**
 * Asks the provider how a payment stands and makes it true here. Settles at most once; safe to call any number
 * of times, at once, late and out of order. Throws when the provider does not answer, and is then asked again later and
 * later; whatever it answers, a payment ends with its longest wait, and what nobody can act on reaches staff.
 */
export async function settlePayment(deps: SettlePaymentDeps, paymentId: PaymentId): Promise<SettlePaymentResult> {
  const payment = await findPayment(deps.db, paymentId)
  if (!payment) return { kind: 'unknown_payment' }
  if (payment.state === 'paid' || payment.state === 'refunded') {
    if (payment.provider === 'stars') await bookLateCharges(deps, payment.id)
    else await completeAccepted(deps, payment)
    return { kind: 'already_settled' }
  }
  const provider = deps.providers.get(payment.provider)
  if (!provider || payment.reference === null) return waitOrExpire(deps, payment, null)

  let status: ProviderStatus
  try {
    status = await provider.fetchStatus(payment.reference)
  } catch (error) {
    return hearNothing(deps, payment, error)
  }
  deps.checkpoint('settle:fetched')
  switch (status.kind) {
    case 'pending':
      return hearPending(deps, payment, status)
    case 'canceled':
      return closePayment(deps, payment, { reason: status.reason, trouble: null })
    case 'unknown_invoice':
      if (provider.forgetsExpired && isBefore(payment.expiresAt, deps.clock.now()))
        return closePayment(deps, payment, { reason: 'expired', trouble: null })
      return waitOrExpire(deps, payment, { kind: 'unknown_invoice', said: 'no such invoice' })
    case 'paid': {
      // Before the payment is settled, after which nobody asks again: whoever dies in between has kept the refund.
      if (status.refunded) await recordRefund(deps, payment.id, status.refunded)
      return await receivePayment(deps, payment, status)
    }
  }
}

/** A failed call of the provider. No answer at all is thrown on, for the queue to repeat it, until the wait is over. */
async function hearNothing(
  deps: SettlePaymentDeps,
  payment: StoredPayment,
  error: unknown,
): Promise<SettlePaymentResult> {
  if (error instanceof ProviderRefused) {
    await recordRefusal(deps, payment.provider, error.message)
    return unavailable(await waitOrExpire(deps, payment, { kind: 'refused', said: error.message }))
  }
  if (error instanceof ProviderUnclear) {
    const said = `${error.message}: ${error.excerpt}`
    return unavailable(await waitOrExpire(deps, payment, { kind: 'unclear', said }))
  }
  if (!(error instanceof ProviderUnreachable)) throw error
  const result = await waitOrExpire(deps, payment, { kind: 'unreachable', said: error.message })
  if (result.kind === 'pending') throw error
  return result
}

const unavailable = (result: SettlePaymentResult): SettlePaymentResult =>
  result.kind === 'pending' ? { kind: 'provider_unavailable' } : result

async function hearPending(
  deps: SettlePaymentDeps,
  payment: StoredPayment,
  { unknownWord, askAgainAt }: ProviderStatus & { kind: 'pending' },
): Promise<SettlePaymentResult> {
  if (unknownWord !== undefined) return waitOrExpire(deps, payment, { kind: 'unclear', said: unknownWord })
  await forgetTrouble(deps, payment)
  return waitOrExpire(deps, payment, null, askAgainAt)
}

/** Checks again soon at first and rarely later; after the longest wait nothing is expected any more. */
async function waitOrExpire(
  deps: SettlePaymentDeps,
  payment: StoredPayment,
  trouble: Trouble | null,
  checkAt?: Date,
): Promise<SettlePaymentResult> {
  const isOpen = payment.state === 'created' || payment.state === 'pending'
  if (!isOpen) return standingOf(payment)
  const ends = addMs(payment.expiresAt, paymentWaits[payment.state === 'created' ? 'created' : 'pending'].atMostMs)
  if (isBefore(ends, deps.clock.now())) {
    return closePayment(deps, payment, { reason: reasonOf(trouble), trouble })
  }
  if (trouble) await recordTrouble(deps, payment, trouble)
  await checkLater(deps, payment, checkAt)
  return { kind: 'pending' }
}

/** What is known of a payment that waits for nobody, when its provider has nothing new to say. */
function standingOf({ state }: StoredPayment): SettlePaymentResult {
  if (state === 'mismatch') return { kind: 'mismatch' }
  return { kind: 'canceled', reason: state === 'expired' ? 'expired' : 'unknown' }
}

function reasonOf(trouble: Trouble | null): CancelReason {
  if (trouble === null) return 'expired'
  return trouble.kind === 'unknown_invoice' ? 'provider_forgot' : 'unanswered'
}

/** Without an instant of the caller's, later and later. A check that asked nobody anything does not count as one. */
async function checkLater(deps: SettlePaymentDeps, payment: StoredPayment, at?: Date): Promise<void> {
  const waitMs = Math.min(30_000 * 2 ** Math.min(payment.checks, 8), 15 * minuteMs)
  await deps.db
    .em()
    .nativeUpdate(
      PaymentEntity,
      { id: payment.id, state: { $in: ['created', 'pending'] } },
      at ? { nextCheckAt: at } : { nextCheckAt: addMs(deps.clock.now(), waitMs), checks: payment.checks + 1 },
    )
}
