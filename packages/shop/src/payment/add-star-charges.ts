import { anyOf, type Database, type EntityManager, LockMode, PaymentEntity, StarChargeEntity, sql } from '@vpn-kiosk/db'
import { addDays, isBefore, type PaymentId, type StarCharge, starSubscription } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { storeStarRenewal } from './store-star-renewal.ts'

/**
 * Keeps charges, once by their ids; of one that is known, a refund is kept. What Telegram charges again for a subscription
 * becomes a payment of its own, in whatever order the charges are told.
 */
export async function addStarCharges(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  charges: readonly StarCharge[],
): Promise<void> {
  const subscribed = await listSubscribed(db, charges)
  await storeCharges(
    db.em(),
    charges.filter(({ paymentId }) => !subscribed.has(paymentId)),
  )
  for (const charge of charges)
    if (subscribed.has(charge.paymentId)) await db.transaction((em) => addSubscriptionCharge(em, charge, clock.now()))
}

/** Payments that began a subscription, or are about to. */
async function listSubscribed(db: Database, charges: readonly StarCharge[]): Promise<ReadonlySet<PaymentId>> {
  if (charges.length === 0) return new Set()
  const rows = await db
    .getKysely()
    .selectFrom('payments')
    .select('id')
    .where('id', '=', anyOf([...new Set(charges.map(({ paymentId }) => paymentId))]))
    .where('provider', '=', 'stars')
    .where('method', '=', starSubscription.method)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/**
 * The first charge that comes settles the payment that the invoice names. Two that are closer than half a period are two
 * subscriptions, since the invoice was paid twice at once: the second one is named by its own payment.
 */
async function addSubscriptionCharge(em: EntityManager, charge: StarCharge, now: Date): Promise<void> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE }
  const first = await em.findOneOrFail(PaymentEntity, { id: charge.paymentId }, lock)
  const known = await em.findOne(StarChargeEntity, { id: charge.id })
  if (known) return storeCharges(em, [{ ...charge, paymentId: known.paymentId }])
  const others = await em.find(StarChargeEntity, { $or: [{ paymentId: first.id }, { subscriptionId: first.id }] })
  const paymentId = others.length === 0 ? first.id : await storeStarRenewal(em, first, charge, now)
  const isSecond = others.some(({ paidAt }) => areClose(paidAt, charge.paidAt))
  await storeCharges(em, [{ ...charge, paymentId }], isSecond ? paymentId : first.id)
}

const areClose = (a: Date, b: Date): boolean =>
  isBefore(a, addDays(b, starSubscription.days / 2)) && isBefore(b, addDays(a, starSubscription.days / 2))

async function storeCharges(
  em: EntityManager,
  charges: readonly StarCharge[],
  subscriptionId: PaymentId | null = null,
): Promise<void> {
  // A charge and its refund may come on one page, and one statement touches a row once.
  for (const some of [charges.filter((one) => !one.refundedAt), charges.filter((one) => one.refundedAt)]) {
    if (some.length === 0) continue
    await em
      .getKysely()
      .insertInto('star_charges')
      .values(
        [...new Map(some.map((one) => [one.id, one])).values()].map((charge) => ({
          id: charge.id,
          payment_id: charge.paymentId,
          subscription_id: subscriptionId,
          payer_id: charge.payerId,
          amount_minor: charge.amount.minor,
          paid_at: charge.paidAt,
          refunded_at: charge.refundedAt,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          refunded_at: sql<Date | null>`coalesce(star_charges.refunded_at, excluded.refunded_at)`,
        }),
      )
      .execute()
  }
}
