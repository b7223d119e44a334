import {
  CustomerEntity,
  type EntityManager,
  LockMode,
  OrderEntity,
  PaymentEntity,
  type PaymentRow,
  PlanEntity,
} from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  type Money,
  minuteMs,
  newId,
  orderWaits,
  type PaymentId,
  type PlanId,
  type ProviderId,
} from '@vpn-kiosk/domain'
import { openInvoice } from '../purchase/open-invoice.ts'
import type { StartPurchaseDeps } from '../purchase/purchase-request.ts'

export interface TopUpWish {
  readonly customerId: CustomerId
  readonly providerId: ProviderId
  readonly amount: Money
  /** What is to be bought once the money is there; null: nothing yet. */
  readonly planId: PlanId | null
  /** Of the button that was pressed: pressed again, it finds the same invoice. */
  readonly requestId: string
  readonly returnUrl: string
  /** What the payer reads on the provider's page. */
  readonly description: string
}

export type StartTopUpResult =
  | { readonly kind: 'invoice'; readonly paymentId: PaymentId; readonly url: string; readonly expiresAt: Date }
  | { readonly kind: 'banned' | 'provider_gone' | 'plan_gone' | 'already_paid' | 'wrong_amount' }
  /** No answer: another try may succeed. */
  | { readonly kind: 'provider_unavailable' }
  /** The provider said no, and staff were told why: only another provider helps. */
  | { readonly kind: 'provider_refused' }

/** In minor units of any currency: more is a mistake, or somebody else's money. */
const mostMinor = 10_000_000n

/** Opens an invoice whose money becomes the customer's balance. */
export async function startTopUp(deps: StartPurchaseDeps, wish: TopUpWish): Promise<StartTopUpResult> {
  const provider = deps.providers.get(wish.providerId)
  if (!provider?.currencies.includes(wish.amount.currency)) return { kind: 'provider_gone' }
  if (wish.amount.minor <= 0n || wish.amount.minor > mostMinor) return { kind: 'wrong_amount' }
  const prepared = await deps.db.transaction((em) => prepare(deps, em, wish))
  if ('kind' in prepared) return prepared
  const { payment, isFirst } = prepared
  const invoice =
    payment.url && payment.reference
      ? ({ kind: 'open', url: payment.url } as const)
      : await openInvoice(deps, provider, payment, { ...wish, isFirst })
  if (invoice.kind !== 'open') return { kind: `provider_${invoice.kind}` }
  return { kind: 'invoice', paymentId: payment.id, url: invoice.url, expiresAt: payment.expiresAt }
}

type Prepared =
  | { readonly payment: PaymentRow; readonly isFirst: boolean }
  | { readonly kind: 'banned' | 'plan_gone' | 'already_paid' }

/** The payment of this button, or one that is stored now with its order. The customer is locked: two taps find one. */
async function prepare(deps: StartPurchaseDeps, em: EntityManager, wish: TopUpWish): Promise<Prepared> {
  const { customerId, planId, providerId: provider, amount } = wish
  const requestId = `top_up:${wish.requestId}`
  const customer = await em.findOneOrFail(CustomerEntity, { id: customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (customer.bannedAt) return { kind: 'banned' }
  if (planId && !(await em.count(PlanEntity, { id: planId, isActive: true, isTrial: false })))
    return { kind: 'plan_gone' }
  const known = await em.findOne(OrderEntity, { customerId, requestId })
  if (known?.state === 'paid') return { kind: 'already_paid' }
  const open = known && (await em.findOne(PaymentEntity, { orderId: known.id, provider }))
  if (open) return { payment: open, isFirst: false }
  const now = deps.clock.now()
  const orderId = known?.id ?? newId('order')
  const expiresAt = addMs(now, orderWaits.open.atMostMs)
  const price = { priceMinor: amount.minor, currency: amount.currency }
  const nothing = { days: 0, deviceLimit: null, trafficLimitBytes: null, paidAt: null }
  const times = { createdAt: now, expiresAt }
  if (!known) {
    const order = { id: orderId, kind: 'top_up', customerId, planId, state: 'open', requestId } as const
    await em.insert(OrderEntity, { ...order, ...price, ...nothing, ...times })
  }
  const id = newId('payment')
  await em.insert(PaymentEntity, {
    id,
    orderId,
    customerId,
    provider,
    state: 'created',
    amountMinor: amount.minor,
    currency: amount.currency,
    receivedMinor: null,
    receivedCurrency: null,
    reference: null,
    url: null,
    reason: null,
    paidAt: null,
    nextCheckAt: addMs(now, minuteMs),
    ...times,
  })
  return { payment: await em.findOneOrFail(PaymentEntity, { id }), isFirst: true }
}
