import { type EntityManager, type PlanRow, runStatement } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import { recordActivity } from '../audit/record-activity.ts'
import { announceWhenReady } from '../notification/announce-when-ready.ts'
import { notifyStaff, queueNotification } from '../notification/queue-notification.ts'
import { rewardReferrer } from '../referral/reward-referrer.ts'
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
  const { days, plan, wasPaid, openPayments } = await markOrderPaid(em, payment, now)
  const { customerId } = payment
  const extended = await extendSubscription(em, { customerId, days, key: `payment:${payment.id}`, plan }, now)
  if (!extended) throw new Error(`${payment.id} was granted before it was paid`)
  const { subscription, wasRunning } = extended
  await requestAccessUnderLock(deps, em, subscription.id, now)
  const notification = wasRunning
    ? ({ kind: 'renewed', subscriptionId: subscription.id, days } as const)
    : ({ kind: 'key_ready', subscriptionId: subscription.id, reason: 'purchase' } as const)
  if (wasPaid) await sayPaidTwice(deps, em, payment, days, now)
  const request = { customerId, key: `paid:${payment.id}`, notification, subscriptionId: subscription.id }
  // Whoever was banned meanwhile keeps the time, and there is no key to speak of.
  if (subscription.state === 'active' && !(wasPaid && wasRunning)) await announceWhenReady(deps, em, request, now)
  await rewardReferrer(deps, em, customerId, now)
  await notifyStaff(deps, em, { kind: 'sale', paymentId: payment.id }, now)
  await recordActivity(em, customerId, 'paid', now)
  const transaction = em.getTransactionContext()
  for (const paymentId of openPayments) await deps.queue.enqueue('cancel-invoice', { paymentId }, { transaction })
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
  await notifyStaff(deps, em, { kind: 'paid_twice', paymentId }, now)
}

interface Bought {
  readonly days: number
  /** By an earlier payment. */
  readonly wasPaid: boolean
  /** The order's other invoices, which nobody should pay any more. */
  readonly openPayments: readonly PaymentId[]
  readonly plan: Pick<PlanRow, 'id' | 'isTrial' | 'trafficLimitBytes' | 'deviceLimit'>
}

/** What was agreed, however the plan has changed since: the order's days and limits; with how the order stood until now. */
async function markOrderPaid(em: EntityManager, payment: StoredPayment, now: Date): Promise<Bought> {
  const [row] = await runStatement<BoughtRow>(em, markStatement, [payment.orderId, now, payment.id])
  if (!row) throw new Error(`there is no order ${payment.orderId}`)
  const trafficLimitBytes = row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes)
  return {
    days: row.days,
    wasPaid: row.was_paid,
    openPayments: row.open_payments ?? [],
    plan: { id: row.id, isTrial: row.is_trial, trafficLimitBytes, deviceLimit: row.device_limit },
  }
}

interface BoughtRow {
  readonly days: number
  readonly was_paid: boolean
  readonly open_payments: PaymentId[] | null
  readonly id: PlanRow['id']
  readonly is_trial: boolean
  readonly traffic_limit_bytes: string | null
  readonly device_limit: number
}

const markStatement = `
  with before as materialized (select state from orders where id = $1 for update),
  bought as (
    update orders set state = 'paid', paid_at = coalesce(paid_at, $2)
    from before where orders.id = $1 returning days, plan_id, orders.device_limit, orders.traffic_limit_bytes,
      before.state = 'paid' as was_paid
  )
  select bought.days, bought.was_paid, plans.id, plans.is_trial, coalesce(bought.device_limit, plans.device_limit) as device_limit,
    case when bought.device_limit is null then plans.traffic_limit_bytes else bought.traffic_limit_bytes end as traffic_limit_bytes,
    (select array_agg(id) from (
      select id from payments where order_id = $1 and id <> $3 and state in ('created', 'pending') limit 20
    ) as open) as open_payments
  from bought join plans on plans.id = bought.plan_id`
