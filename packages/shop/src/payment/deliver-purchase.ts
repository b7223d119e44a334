import { type EntityManager, type PlanRow, runStatement } from '@vpn-kiosk/db'
import type { OrderId } from '@vpn-kiosk/domain'
import { requestAccessUnderLock } from '../access/request-access.ts'
import { recordActivity } from '../audit/record-activity.ts'
import { announceWhenReady } from '../notice/announce-when-ready.ts'
import { tellStaff } from '../notice/queue-notice.ts'
import { rewardReferrer } from '../referral/reward-referrer.ts'
import { extendSubscription } from '../subscription/extend-subscription.ts'
import type { StoredPayment } from './find-payment.ts'
import type { SettlePaymentDeps } from './settle-payment.ts'

/** Everything that a paid payment brings, in the transaction that marks it paid. */
export async function deliverPurchase(
  deps: SettlePaymentDeps,
  em: EntityManager,
  payment: StoredPayment,
  now: Date,
): Promise<void> {
  const { days, plan } = await markOrderPaid(em, payment.orderId, now)
  const { customerId } = payment
  const extended = await extendSubscription(em, { customerId, days, key: `payment:${payment.id}`, plan }, now)
  if (!extended) throw new Error(`${payment.id} was granted before it was paid`)
  const { subscription, wasRunning } = extended
  await requestAccessUnderLock(deps, em, subscription.id, now)
  const notice = wasRunning
    ? ({ kind: 'renewed', subscriptionId: subscription.id, days } as const)
    : ({ kind: 'key_ready', subscriptionId: subscription.id, reason: 'purchase' } as const)
  const request = { customerId, key: `paid:${payment.id}`, notice, subscriptionId: subscription.id }
  // Whoever was banned meanwhile keeps the time, and there is no key to speak of.
  if (subscription.state === 'active') await announceWhenReady(deps, em, request, now)
  await rewardReferrer(deps, em, customerId, now)
  await tellStaff(deps, em, { kind: 'sale', paymentId: payment.id }, now)
  await recordActivity(em, customerId, 'paid', now)
}

interface Bought {
  readonly days: number
  readonly plan: Pick<PlanRow, 'id' | 'isTrial' | 'trafficLimitBytes' | 'deviceLimit'>
}

/** What was agreed: the order's days, under the plan's limits. */
async function markOrderPaid(em: EntityManager, orderId: OrderId, now: Date): Promise<Bought> {
  const [row] = await runStatement<{
    days: number
    id: PlanRow['id']
    is_trial: boolean
    traffic_limit_bytes: string | null
    device_limit: number
  }>(
    em,
    `with bought as (
       update orders set state = 'paid', paid_at = case when state = 'paid' then paid_at else $2 end
       where id = $1 returning days, plan_id
     )
     select bought.days, plans.id, plans.is_trial, plans.traffic_limit_bytes, plans.device_limit
     from bought join plans on plans.id = bought.plan_id`,
    [orderId, now],
  )
  if (!row) throw new Error(`there is no order ${orderId}`)
  const trafficLimitBytes = row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes)
  return {
    days: row.days,
    plan: { id: row.id, isTrial: row.is_trial, trafficLimitBytes, deviceLimit: row.device_limit },
  }
}
