import { type EntityManager, RefundEntity, sql } from '@vpn-kiosk/db'
import { isReadable, type Money, newId, type PaymentId, type Received } from '@vpn-kiosk/domain'
import { notifyStaff } from '../notification/notify-staff.ts'
import { takeBackWriteOff } from '../payment/take-back-write-off.ts'
import { type BookRefundDeps, bookRefund, closeRefund, type LockedPayment, lockPayment } from './book-refund.ts'
import { lockBought, takeBackBought } from './take-back-bought.ts'

/**
 * Keeps what was seen to have been given back of a payment in all, and books what is new of it: a refund that staff asked
 * for, or one that was made at the provider, or a chargeback. What cannot be booked (another currency, a payment that is
 * not settled) is told to staff, once for each new amount. False: it was known.
 */
export async function recordRefund(deps: BookRefundDeps, paymentId: PaymentId, refunded: Received): Promise<boolean> {
  return deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const bought = await lockBought(em, paymentId)
    const payment = await lockPayment(em, paymentId)
    const isNews = await note(em, paymentId, refunded, now)
    if (!payment) return isNews
    // Of what is held for a decision nobody may accept what has gone back.
    const isHere = payment.state === 'paid' || (payment.state === 'mismatch' && isNews)
    const isBooked = isHere && isReadable(refunded) && (await bookSeen(deps, em, { payment, bought }, refunded))
    const isBeyond = isHere && isReadable(refunded) && refunded.minor - payment.refundedBefore > payment.received.minor
    if (isNews && (!isBooked || isBeyond)) await notifyStaff(deps, em, { kind: 'refund_seen', paymentId }, now)
    return isNews || isBooked
  })
}

/** Books the difference between the provider's sum and ours. The open refund, if there is one, is the first part of it. */
async function bookSeen(
  deps: BookRefundDeps,
  em: EntityManager,
  { payment, bought }: { readonly payment: LockedPayment; readonly bought: LockedPayment | null },
  seen: Money,
): Promise<boolean> {
  if (seen.currency !== payment.received.currency) return false
  const now = deps.clock.now()
  // What was given back was there: what staff gave up of it would be counted twice.
  await takeBackWriteOff(em, payment, seen.minor, now)
  let rest = seen.minor - payment.refundedBefore - payment.refunded.minor
  let booked = payment.refunded.minor
  const open = await em.findOne(RefundEntity, { paymentId: payment.id, state: { $in: ['requested', 'pending'] } })
  if (open && open.amountMinor <= rest && (await closeRefund(em, open.id, now))) {
    await bookRefund(deps, em, payment, open, now)
    rest -= open.amountMinor
    booked += open.amountMinor
  }
  const most = payment.received.minor - booked
  if (rest > most) rest = most
  if (rest > 0n) {
    // The first part may have ended a gift, or emptied the balance.
    const left = booked > payment.refunded.minor ? await lockPayment(em, payment.id) : payment
    const lacking = rest - (left?.topUpLeft ?? rest)
    if (bought && lacking > 0n) await takeBackBought(deps, em, bought, lacking, now)
    const refund = { id: newId('refund'), amountMinor: rest }
    await em.insert(RefundEntity, {
      ...refund,
      paymentId: payment.id,
      state: 'done',
      source: 'seen',
      currency: seen.currency,
      requestId: null,
      requestedBy: null,
      reference: null,
      reason: null,
      tries: 0,
      nextTryAt: null,
      createdAt: now,
      closedAt: now,
    })
    const standing = bought ? await lockPayment(em, payment.id) : left
    await bookRefund(deps, em, standing ?? payment, refund, now)
  }
  return booked > payment.refunded.minor || rest > 0n
}

async function note(em: EntityManager, paymentId: PaymentId, refunded: Received, now: Date): Promise<boolean> {
  const minor = isReadable(refunded) ? refunded.minor : null
  const currency = isReadable(refunded) ? refunded.currency : null
  const raw = isReadable(refunded) ? null : refunded.raw
  const noted = await em
    .getKysely()
    .with('noted', (cte) =>
      cte
        .updateTable('payments')
        .set({ refunded_minor: minor, refunded_currency: currency, refunded_raw: raw, refunded_at: now })
        .where('id', '=', paymentId)
        .where(
          sql<boolean>`(refunded_minor, refunded_currency, refunded_raw)
            is distinct from (${minor}::bigint, ${currency}::text, ${raw}::text)`,
        )
        .returning(['id', 'state']),
    )
    .insertInto('payment_steps')
    .columns(['payment_id', 'before', 'after', 'cause', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('noted')
        .select([
          'noted.id',
          'noted.state as before',
          'noted.state as after',
          sql.lit('refund_seen').as('cause'),
          sql`${now}::timestamptz`.as('at'),
        ]),
    )
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}
