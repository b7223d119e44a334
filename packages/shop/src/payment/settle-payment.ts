import { PaymentEntity } from '@vpn-kiosk/db'
import { addMs, type CancelReason, hourMs, isBefore, minuteMs, type PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotice } from '../notice/queue-notice.ts'
import { findPayment, type StoredPayment } from './find-payment.ts'
import { movePayment } from './move-payment.ts'
import { receivePayment } from './receive-payment.ts'

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
  const payment = await findPayment(deps.db, paymentId)
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
      return receivePayment(deps, payment, status)
    case 'unknown_invoice':
      return waitOrExpire(deps, payment)
  }
}

async function cancel(
  deps: SettlePaymentDeps,
  payment: StoredPayment,
  reason: CancelReason,
): Promise<SettlePaymentResult> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const to = reason === 'expired' ? 'expired' : 'canceled'
    if (!(await movePayment(em, { payment, to, cause: reason, reason, at: now }))) return
    if (to === 'expired') return
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
async function waitOrExpire(deps: SettlePaymentDeps, payment: StoredPayment): Promise<SettlePaymentResult> {
  const now = deps.clock.now()
  if (isBefore(addMs(payment.expiresAt, 24 * hourMs), now)) return cancel(deps, payment, 'expired')
  await checkLater(deps, payment)
  return { kind: 'pending' }
}

async function checkLater(deps: SettlePaymentDeps, payment: StoredPayment): Promise<void> {
  const waitMs = Math.min(30_000 * 2 ** Math.min(payment.checks, 8), 15 * minuteMs)
  await deps.db
    .em()
    .nativeUpdate(
      PaymentEntity,
      { id: payment.id, state: { $in: ['created', 'pending'] } },
      { nextCheckAt: addMs(deps.clock.now(), waitMs), checks: payment.checks + 1 },
    )
}
