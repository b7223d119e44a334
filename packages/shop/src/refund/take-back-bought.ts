import { type EntityManager, RefundEntity } from '@vpn-kiosk/db'
import { balanceProvider, newId, type PaymentId } from '@vpn-kiosk/domain'
import { atLeastZero, type BookRefundDeps, bookRefund, type LockedPayment, lockPayment } from './book-refund.ts'

/** What a top-up was made for and bought at once from the balance; locked before the top-up. Null where that is nothing. */
export async function lockBought(em: EntityManager, topUpId: PaymentId): Promise<LockedPayment | null> {
  const row = await em
    .getKysely()
    .selectFrom('payments as t')
    .innerJoin('orders as o', (join) =>
      join.onRef('o.customer_id', '=', 't.customer_id').on('o.request_id', '=', `balance:${topUpId}`),
    )
    .innerJoin('payments as p', 'p.order_id', 'o.id')
    .select('p.id')
    .where('t.id', '=', topUpId)
    .where('p.provider', '=', balanceProvider)
    .where('p.state', '=', 'paid')
    .executeTakeFirst()
  return row ? lockPayment(em, row.id) : null
}

/**
 * The money of a top-up went back, and what was bought with it has emptied the balance: so much of the purchase goes back to the
 * balance, and takes its time. Whoever pays by a detour keeps no more than whoever pays at once.
 */
export async function takeBackBought(
  deps: BookRefundDeps,
  em: EntityManager,
  bought: LockedPayment,
  lacking: bigint,
  now: Date,
): Promise<void> {
  const left = atLeastZero(bought.received.minor - bought.refunded.minor)
  const amountMinor = lacking < left ? lacking : left
  if (bought.state !== 'paid' || amountMinor === 0n) return
  const id = newId('refund')
  await em.insert(RefundEntity, {
    id,
    paymentId: bought.id,
    state: 'done',
    source: 'by_hand',
    amountMinor,
    currency: bought.received.currency,
    requestId: null,
    requestedBy: null,
    reference: null,
    reason: null,
    tries: 0,
    nextTryAt: null,
    createdAt: now,
    closedAt: now,
  })
  await bookRefund(deps, em, bought, { id, amountMinor }, now)
}
