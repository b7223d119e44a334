import {
  CustomerEntity,
  type EntityManager,
  type Given,
  type PlanRow,
  prepared,
  SavedCardEntity,
  sql,
} from '@vpn-kiosk/db'
import { type CardId, money, type PaymentId, type SubscriptionId, writeMoney } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import { deliverAddon } from '../addon/deliver-addon.ts'
import { recordActivity } from '../audit/record-activity.ts'
import { type UsedDiscount, useDiscount } from '../discount/use-discount.ts'
import { deliverGift } from '../gift/deliver-gift.ts'
import { announceWhenReady } from '../notification/announce-when-ready.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { rewardInviter } from '../referral/reward-inviter.ts'
import { noteCard } from '../renewal/note-card.ts'
import { noteStarSubscription } from '../renewal/note-star-subscription.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'
import type { StoredPayment } from './find-payment.ts'
import type { SettlePaymentDeps } from './settlement.ts'

/** Everything that a paid payment brings, in the transaction that marks it paid. */
export async function deliverPurchase(
  deps: SettlePaymentDeps,
  em: EntityManager,
  payment: StoredPayment,
  now: Date,
): Promise<void> {
  const bought = await markOrderPaid(em, payment, now)
  const subscriptionId =
    payment.orderKind === 'gift'
      ? await deliverGift(deps, em, payment, bought, now)
      : payment.orderKind === 'addon'
        ? await deliverAddon(deps, em, payment, now)
        : await deliverTime(deps, em, payment, bought, now)
  if (bought.wasPaid) await notifyStaff(deps, em, { kind: 'paid_twice', paymentId: payment.id }, now)
  // A trial is no purchase that an invitation earns from.
  if (!bought.plan.isTrial) await rewardInviter(deps, em, payment, now)
  await notifyStaff(deps, em, { kind: 'sale', paymentId: payment.id }, now)
  await recordActivity(em, payment.customerId, 'paid', now)
  const transaction = em.getTransactionContext()
  for (const paymentId of bought.openPayments)
    await deps.queue.enqueue('cancel-invoice', { paymentId }, { transaction })
  // A code is locked after every customer, as by whoever is about to buy with it.
  if (bought.discount && !bought.wasPaid) await useDiscount(em, bought.discount)
  // Last: whoever takes a place keeps everybody else from the servers' rows until the transaction ends.
  if (subscriptionId) await requestAccessUnderLock(deps, em, subscriptionId, now)
}

/** Time of the customer's own. Returns the subscription, which has no access for it yet. */
async function deliverTime(
  deps: SettlePaymentDeps,
  em: EntityManager,
  payment: StoredPayment,
  { days, plan, wasPaid }: Bought,
  now: Date,
): Promise<SubscriptionId> {
  const { customerId } = payment
  const extended = await extendSubscription(em, { customerId, days, key: `payment:${payment.id}`, plan }, now)
  if (!extended) throw new Error(`${payment.id} was granted before it was paid`)
  const { subscription, wasRunning } = extended
  if (plan.isTrial) await em.nativeUpdate(CustomerEntity, { id: customerId, trialUsedAt: null }, { trialUsedAt: now })
  if (payment.provider === 'stars') await noteStarSubscription(deps, em, payment, subscription, now)
  if (payment.savesCard && payment.saved) await noteCard(deps, em, payment, payment.saved, subscription, now)
  const charged = payment.isRenewal && {
    charged: writeMoney(money(payment.amountMinor, payment.currency)),
    ...(payment.provider === 'stars' && { source: 'stars' as const }),
    ...(payment.cardId && { source: 'card' as const, ...(await findTitle(em, payment.cardId)) }),
  }
  const notification =
    wasRunning || charged || subscription.state === 'frozen'
      ? ({ kind: 'renewed', subscriptionId: subscription.id, days, ...charged } as const)
      : ({ kind: 'key_ready', subscriptionId: subscription.id, reason: plan.isTrial ? 'trial' : 'purchase' } as const)
  if (wasPaid) await sayPaidTwice(deps, em, payment, days, now)
  const request = { customerId, key: `paid:${payment.id}`, notification, subscriptionId: subscription.id }
  // Whoever was banned meanwhile keeps the time, and there is no key to speak of.
  if (subscription.state !== 'suspended' && !(wasPaid && wasRunning)) await announceWhenReady(deps, em, request, now)
  return subscription.id
}

/** Empty where the card was removed so long ago that nobody knows it any more. */
async function findTitle(em: EntityManager, id: CardId): Promise<{ readonly cardTitle?: string }> {
  const card = await em.findOne(SavedCardEntity, { id }, { fields: ['title'] })
  return card ? { cardTitle: card.title } : {}
}

/** Both are honoured, and said: the customer may have meant to pay once. */
async function sayPaidTwice(
  deps: SettlePaymentDeps,
  em: EntityManager,
  { id: paymentId, customerId }: StoredPayment,
  days: number,
  now: Date,
): Promise<void> {
  const notification = { kind: 'paid_twice', paymentId, days } as const
  await queueNotification(deps, em, { customerId, key: `paid_twice:${paymentId}`, notification: notification }, now)
}

interface Bought {
  readonly days: number
  /** By an earlier payment. */
  readonly wasPaid: boolean
  /** The order's other invoices, which nobody should pay any more. */
  readonly openPayments: readonly PaymentId[]
  /** What was off. */
  readonly discount: UsedDiscount | null
  readonly plan: Pick<PlanRow, 'id' | 'isTrial' | 'trafficLimitBytes' | 'deviceLimit'>
}

/** What was agreed, however the plan has changed since: the order's days and limits; with how the order stood until now. */
async function markOrderPaid(em: EntityManager, payment: StoredPayment, now: Date): Promise<Bought> {
  const { orderId, customerId, id: paymentId, provider, amountMinor, currency } = payment
  // A gift is not time yet: what is owed of it stands in an account of its own.
  const deferredMinor = payment.orderKind === 'gift' ? 0n : amountMinor
  const [row] = await markPaid(em, { orderId, paymentId, provider, amountMinor, deferredMinor, currency, now })
  if (!row) throw new Error(`there is no order ${payment.orderId}`)
  const trafficLimitBytes = row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes)
  const { discount_cause: cause, promo_id: promoId, promo_taken: promoTaken } = row
  return {
    discount: cause ? { orderId, customerId, cause, promoId, promoTaken } : null,
    days: row.days,
    wasPaid: row.was_paid,
    openPayments: row.open_payments,
    plan: { id: row.id, isTrial: row.is_trial, trafficLimitBytes, deviceLimit: row.device_limit },
  }
}

interface PaidValues extends Pick<StoredPayment, 'orderId' | 'provider' | 'amountMinor' | 'currency'> {
  readonly paymentId: PaymentId
  readonly deferredMinor: bigint
  readonly now: Date
}

const markPaid = prepared(
  (db, { orderId, paymentId, provider, amountMinor, deferredMinor, currency, now }: Given<PaidValues>) =>
    db
      .with(
        (cte) => cte('before').materialized(),
        (cte) => cte.selectFrom('orders').select('state').where('id', '=', orderId).forUpdate(),
      )
      .with('bought', (cte) =>
        cte
          .updateTable('orders as o')
          .from('before')
          .set((eb) => ({ state: 'paid', paid_at: eb.fn.coalesce('o.paid_at', now) }))
          .where('o.id', '=', orderId)
          .returning(['o.days', 'o.plan_id', 'o.device_limit', 'o.traffic_limit_bytes'])
          .returning(['o.discount_cause', 'o.promo_id', 'o.promo_taken'])
          .returning(sql<boolean>`before.state = 'paid'`.as('was_paid')),
      )
      .with('sale', (cte) =>
        cte
          .insertInto('sales')
          .columns(['payment_id', 'provider', 'plan_id', 'amount_minor', 'currency', 'deferred_minor', 'sold_at'])
          .expression((eb) =>
            eb
              .selectFrom('bought')
              .select([sql`${paymentId}::text`.as('payment_id'), sql`${provider}::text`.as('provider'), 'plan_id'])
              .select([sql`${amountMinor}::bigint`.as('amount'), sql`${currency}::text`.as('currency')])
              .select([sql`${deferredMinor}::bigint`.as('deferred'), sql`${now}::timestamptz`.as('sold_at')]),
          ),
      )
      .selectFrom('bought')
      .innerJoin('plans', 'plans.id', 'bought.plan_id')
      .select((eb) => {
        const others = eb
          .selectFrom('payments as p')
          .select('p.id')
          .where('p.order_id', '=', orderId)
          .where('p.id', '<>', paymentId)
          .where(sql<boolean>`p.state in ('created', 'pending')`)
          .limit(20)
        return [
          'bought.days',
          'bought.was_paid',
          'bought.discount_cause',
          'bought.promo_id',
          'bought.promo_taken',
          'plans.id',
          'plans.is_trial',
          eb.fn.coalesce('bought.device_limit', 'plans.device_limit').as('device_limit'),
          eb
            .case()
            .when('bought.device_limit', 'is', null)
            .then(eb.ref('plans.traffic_limit_bytes'))
            .else(eb.ref('bought.traffic_limit_bytes'))
            .end()
            .as('traffic_limit_bytes'),
          sql<PaymentId[]>`array(${others})`.as('open_payments'),
        ]
      }),
)
