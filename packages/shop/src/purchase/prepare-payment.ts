import {
  CustomerEntity,
  type EntityManager,
  LockMode,
  OrderEntity,
  PaymentEntity,
  type PaymentRow,
  PaymentStepEntity,
  PlanEntity,
  type PlanRow,
} from '@vpn-kiosk/db'
import { addMs, hourMs, minuteMs, newId, type PaymentProvider, type Plan } from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import { toPlan } from './list-plans.ts'
import type { StartPurchaseDeps, StartPurchaseInput } from './start-purchase.ts'

/** An invoice is handed out again while it has at least this long to live. */
const reusableForMs = 5 * minuteMs

export type PreparedPayment =
  | { readonly payment: PaymentRow; readonly plan: Plan }
  | { readonly kind: 'banned' | 'plan_gone' | 'provider_gone' }

/**
 * The payment that a purchase goes on with: the open one for the same plan and provider, or one stored now together
 * with its order. In the caller's transaction; the customer is locked, so that two taps find the same one.
 */
export async function preparePayment(
  deps: StartPurchaseDeps,
  em: EntityManager,
  input: StartPurchaseInput,
  provider: PaymentProvider,
): Promise<PreparedPayment> {
  const customer = await em.findOneOrFail(
    CustomerEntity,
    { id: input.customerId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  if (customer.bannedAt) return { kind: 'banned' }
  const plan = await em.findOne(PlanEntity, { id: input.planId, isActive: true, isTrial: false })
  if (!plan) return { kind: 'plan_gone' }
  if (!provider.currencies.includes(plan.currency)) return { kind: 'provider_gone' }
  const open = await findOpenPayment(deps, em, input, plan)
  return { payment: open ?? (await storePayment(deps, em, input, plan)), plan: toPlan(plan) }
}

async function findOpenPayment(
  deps: StartPurchaseDeps,
  em: EntityManager,
  input: StartPurchaseInput,
  plan: PlanRow,
): Promise<PaymentRow | null> {
  return em.findOne(
    PaymentEntity,
    {
      customerId: input.customerId,
      provider: input.providerId,
      state: { $in: ['created', 'pending'] },
      amountMinor: plan.priceMinor,
      currency: plan.currency,
      expiresAt: { $gt: addMs(deps.clock.now(), reusableForMs) },
      orderId: {
        $in: (
          await em.find(
            OrderEntity,
            { customerId: input.customerId, planId: plan.id, state: 'open' },
            { fields: ['id'] },
          )
        ).map((order) => order.id),
      },
    },
    { orderBy: { createdAt: 'desc' } },
  )
}

async function storePayment(
  deps: StartPurchaseDeps,
  em: EntityManager,
  input: StartPurchaseInput,
  plan: PlanRow,
): Promise<PaymentRow> {
  const now = deps.clock.now()
  const price = { currency: plan.currency, createdAt: now, expiresAt: addMs(now, hourMs), paidAt: null }
  const orderId = newId('order')
  await em.insert(OrderEntity, {
    id: orderId,
    customerId: input.customerId,
    planId: plan.id,
    promoCodeId: null,
    state: 'open',
    priceMinor: plan.priceMinor,
    days: plan.days,
    ...price,
  })
  const id = newId('payment')
  await em.insert(PaymentEntity, {
    id,
    orderId,
    customerId: input.customerId,
    provider: input.providerId,
    state: 'created',
    amountMinor: plan.priceMinor,
    receivedMinor: null,
    receivedCurrency: null,
    reference: null,
    url: null,
    reason: null,
    nextCheckAt: addMs(now, minuteMs),
    ...price,
  })
  await em.insert(PaymentStepEntity, { paymentId: id, before: null, after: 'created', cause: 'checkout', at: now })
  await recordActivity(em, input.customerId, 'checkout', now)
  return em.findOneOrFail(PaymentEntity, { id })
}
