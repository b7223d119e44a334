import { type EntityManager, OrderEntity, type OrderRow, PaymentEntity } from '@vpn-kiosk/db'
import type { PlanId, UndeliveredAddon } from '@vpn-kiosk/domain'
import { spendOnAddon } from '../addon/spend-on-addon.ts'
import { recordActivity } from '../audit/record-activity.ts'
import { releasePromo } from '../discount/release-promo.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { StoredAddon, StoredPayment } from '../payment/find-payment.ts'
import type { SettlePaymentDeps } from '../payment/settlement.ts'
import { rewardInviter } from '../referral/reward-inviter.ts'
import { hastenRenewal } from '../renewal/hasten-renewal.ts'
import { agreedOf } from './agreed-plan.ts'
import { lockBalance } from './lock-balance.ts'
import { spendBalance } from './spend-balance.ts'

/**
 * What a top-up brings once its money is booked: the plan that it was made for, or the word that the balance has grown.
 * In the transaction that books it.
 */
export async function deliverTopUp(
  deps: SettlePaymentDeps,
  em: EntityManager,
  payment: StoredPayment,
  now: Date,
): Promise<void> {
  const { customerId, topUpPlanId: planId } = payment
  await em.nativeUpdate(OrderEntity, { id: payment.orderId }, { state: 'paid', paidAt: now })
  await notifyStaff(deps, em, { kind: 'sale', paymentId: payment.id }, now)
  await recordActivity(em, customerId, 'top_up', now)
  await cancelOthers(deps, em, payment)
  await rewardInviter(deps, em, payment, now)
  const cart = planId ? await em.findOneOrFail(OrderEntity, { id: payment.orderId }) : null
  if (planId && cart && (await buyAgreed(deps, em, { payment, cart, planId }, now))) return
  const undelivered =
    payment.undelivered ?? (payment.addon ? await buyAddon(deps, em, payment, payment.addon, now) : null)
  if (payment.addon && !undelivered) return
  // Of a gift that the balance does not cover nothing is said: its button would buy for oneself.
  await sayToppedUp(deps, em, cart?.buysGift ? { ...payment, topUpPlanId: null } : payment, undelivered, now)
  // What was taken for the plan that was not bought after all.
  await releasePromo(em, payment.orderId)
}

async function sayToppedUp(
  deps: SettlePaymentDeps,
  em: EntityManager,
  payment: StoredPayment,
  undelivered: UndeliveredAddon | null,
  now: Date,
): Promise<void> {
  const { customerId, currency, topUpPlanId: planId } = payment
  const balance = await lockBalance(em, customerId, currency)
  await hastenRenewal(em, customerId, now)
  const notification = {
    kind: 'topped_up',
    balance: { minor: balance.minor.toString(), currency },
    planId: planId ?? null,
    ...(undelivered && { undelivered }),
  } as const
  await queueNotification(deps, em, { customerId, key: `topped_up:${payment.id}`, notification }, now)
}

interface Cart {
  readonly payment: StoredPayment
  readonly cart: OrderRow
  readonly planId: PlanId
}

/** Buys the plan at the price at which the top-up was made for it. False when the balance does not cover it after all. */
async function buyAgreed(
  deps: SettlePaymentDeps,
  em: EntityManager,
  { payment: { id: requestId, customerId, orderId }, cart, planId }: Cart,
  now: Date,
): Promise<boolean> {
  const wish = { customerId, planId, requestId, ...(cart.buysGift && { kind: 'gift' as const }) }
  const result = await spendBalance(deps, em, wish, now, agreedOf(cart))
  if (result.kind !== 'bought') return false
  // Where the plan was cheaper today than what was agreed, the agreed code is not used.
  await releasePromo(em, orderId)
  return true
}

/** Buys the add-on that the top-up was made for. Null when it is bought; or else why it is not. */
async function buyAddon(
  deps: SettlePaymentDeps,
  em: EntityManager,
  { id: requestId, customerId }: StoredPayment,
  { id: addonId, periodId, kind, amount }: StoredAddon,
  now: Date,
): Promise<UndeliveredAddon | null> {
  const result = await spendOnAddon(deps, em, { customerId, addonId, periodId, requestId }, now)
  if (result.kind === 'bought') return null
  return { kind, amount, why: result.kind === 'short' ? 'short' : 'over' }
}

/** The order's other invoices, which nobody should pay any more. */
async function cancelOthers(deps: SettlePaymentDeps, em: EntityManager, payment: StoredPayment): Promise<void> {
  const open = await em.find(
    PaymentEntity,
    { orderId: payment.orderId, id: { $ne: payment.id }, state: { $in: ['created', 'pending'] } },
    { fields: ['id'], limit: 20 },
  )
  const transaction = em.getTransactionContext()
  for (const { id } of open) await deps.queue.enqueue('cancel-invoice', { paymentId: id }, { transaction })
}
