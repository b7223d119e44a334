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
import {
  addMs,
  type CustomerId,
  hourMs,
  type Invoice,
  minuteMs,
  money,
  newId,
  type OrderId,
  type PaymentId,
  type PaymentProvider,
  type Plan,
  type PlanId,
  type ProviderId,
  ProviderRefused,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import type { ShopDeps } from '../deps.ts'
import { toPlan } from './list-plans.ts'

export type StartPurchaseDeps = Pick<ShopDeps, 'db' | 'clock' | 'providers' | 'checkpoint'>

export interface StartPurchaseInput {
  readonly customerId: CustomerId
  readonly planId: PlanId
  readonly providerId: ProviderId
  /** Where the payer comes back to: the bot's own link. */
  readonly returnUrl: string
  /** What the payer reads on the provider's page. */
  readonly description: string
}

export type StartPurchaseResult =
  | {
      readonly kind: 'invoice'
      readonly paymentId: PaymentId
      readonly orderId: OrderId
      readonly url: string
      readonly plan: Plan
      readonly providerId: ProviderId
      readonly expiresAt: Date
    }
  | { readonly kind: 'banned' }
  | { readonly kind: 'plan_gone' }
  | { readonly kind: 'provider_gone' }
  | { readonly kind: 'provider_unavailable'; readonly plan: Plan; readonly providerId: ProviderId }

/** An invoice is handed out again while it has at least this long to live. */
const reusableForMs = 5 * minuteMs

/**
 * Opens an order and an invoice to pay for it. A second call for the same plan and provider while the first
 * invoice is open hands out the same one, so a double tap never makes two.
 */
export async function startPurchase(deps: StartPurchaseDeps, input: StartPurchaseInput): Promise<StartPurchaseResult> {
  const provider = deps.providers.get(input.providerId)
  if (!provider) return { kind: 'provider_gone' }
  const prepared = await deps.db.transaction((em) => preparePayment(deps, em, input, provider))
  if ('kind' in prepared) return prepared
  deps.checkpoint('purchase:stored')

  const { payment, plan } = prepared
  const invoice =
    payment.url && payment.reference
      ? { url: payment.url, reference: payment.reference }
      : await openInvoice(deps, provider, payment, input)
  if (!invoice) return { kind: 'provider_unavailable', plan, providerId: provider.id }
  return {
    kind: 'invoice',
    paymentId: payment.id,
    orderId: payment.orderId,
    url: invoice.url,
    plan,
    providerId: provider.id,
    expiresAt: payment.expiresAt,
  }
}

async function preparePayment(
  deps: StartPurchaseDeps,
  em: EntityManager,
  input: StartPurchaseInput,
  provider: PaymentProvider,
): Promise<
  { payment: PaymentRow; plan: Plan } | { kind: 'banned' } | { kind: 'plan_gone' } | { kind: 'provider_gone' }
> {
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

/** Null when the provider cannot be used now; the payment stays `created` and a later try reuses it. */
async function openInvoice(
  deps: StartPurchaseDeps,
  provider: PaymentProvider,
  payment: PaymentRow,
  input: StartPurchaseInput,
): Promise<Invoice | null> {
  let invoice: Invoice
  try {
    invoice = await provider.createInvoice({
      paymentId: payment.id,
      amount: money(payment.amountMinor, payment.currency),
      description: input.description,
      returnUrl: input.returnUrl,
      expiresAt: payment.expiresAt,
    })
  } catch (error) {
    if (error instanceof ProviderRefused || error instanceof ProviderUnreachable) return null
    throw error
  }
  deps.checkpoint('purchase:invoiced')
  await attachInvoice(deps, payment.id, invoice)
  return invoice
}

/** The notice may have overtaken this answer: a payment that moved on keeps its state and only learns the reference. */
async function attachInvoice(deps: StartPurchaseDeps, id: PaymentId, invoice: Invoice): Promise<void> {
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    await em.nativeUpdate(PaymentEntity, { id, reference: null }, { reference: invoice.reference })
    await em.nativeUpdate(PaymentEntity, { id, url: null }, { url: invoice.url })
    const moved = await em.nativeUpdate(
      PaymentEntity,
      { id, state: 'created' },
      { state: 'pending', nextCheckAt: addMs(now, minuteMs / 2) },
    )
    if (moved)
      await em.insert(PaymentStepEntity, {
        paymentId: id,
        before: 'created',
        after: 'pending',
        cause: 'invoice',
        at: now,
      })
  })
}
