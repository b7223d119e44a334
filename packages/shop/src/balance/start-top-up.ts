import {
  CustomerEntity,
  type EntityManager,
  LockMode,
  OrderEntity,
  type OrderRow,
  PaymentEntity,
  type PaymentRow,
  PlanEntity,
} from '@vpn-kiosk/db'
import {
  addMs,
  type CustomerId,
  type MethodOf,
  type Money,
  methodIdOf,
  newId,
  orderWaits,
  type PaymentId,
  type PlanId,
  type ProviderId,
} from '@vpn-kiosk/domain'
import { isMethod } from '../payment/read-methods.ts'
import { openInvoice } from '../purchase/open-invoice.ts'
import { reusableForMs } from '../purchase/prepare-payment.ts'
import type { StartPurchaseDeps } from '../purchase/purchase-request.ts'
import { storePayment } from '../purchase/store-payment.ts'

export interface TopUpWish {
  readonly customerId: CustomerId
  readonly providerId: ProviderId
  /** One of the provider's ways to pay; absent = its page with all of them. */
  readonly method?: string | undefined
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
  const of = { provider: provider.id, method: wish.method }
  if (!isMethod(methodIdOf(of), deps.providers)) return { kind: 'provider_gone' }
  if (wish.amount.minor <= 0n || wish.amount.minor > mostMinor) return { kind: 'wrong_amount' }
  const prepared = await deps.db.transaction((em) => prepare(deps, em, wish, of))
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

/** The open payment of this wish, or one that is stored now with its order. The customer is locked: two taps find one. */
async function prepare(deps: StartPurchaseDeps, em: EntityManager, wish: TopUpWish, of: MethodOf): Promise<Prepared> {
  const { customerId, planId, amount } = wish
  const customer = await em.findOneOrFail(CustomerEntity, { id: customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (customer.bannedAt) return { kind: 'banned' }
  if (planId && !(await em.count(PlanEntity, { id: planId, isActive: true, isTrial: false })))
    return { kind: 'plan_gone' }
  const known = await em.findOne(OrderEntity, { customerId, requestId: requestKey(wish) })
  if (known?.state === 'paid') return { kind: 'already_paid' }
  const order = await findOpenOrder(deps, em, wish)
  const open =
    order &&
    (await em.findOne(PaymentEntity, {
      orderId: order.id,
      ...of,
      method: of.method ?? null,
      state: ['created', 'pending'],
    }))
  if (open) return { payment: open, isFirst: false }
  // A button whose order has run out is a wish to try again: the order that it made keeps its id.
  const paidFor = order ?? (await storeOrder(deps, em, wish, known ? null : requestKey(wish)))
  return { payment: await storePayment(deps, em, paidFor, { ...of, amount }), isFirst: true }
}

/** The button of a screen that offers other ways to pay as well: each has an order of its own. */
const requestKey = ({ requestId }: TopUpWish): string => `top_up:${requestId}`

/** The same wish, while its invoices have some time to live. */
const findOpenOrder = (
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  { customerId, planId, amount }: TopUpWish,
): Promise<OrderRow | null> =>
  em.findOne(
    OrderEntity,
    {
      customerId,
      kind: 'top_up',
      planId,
      state: 'open',
      priceMinor: amount.minor,
      currency: amount.currency,
      expiresAt: { $gt: addMs(clock.now(), reusableForMs) },
    },
    { orderBy: { createdAt: 'desc' } },
  )

async function storeOrder(
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  { customerId, planId, amount }: TopUpWish,
  requestId: string | null,
): Promise<OrderRow> {
  const now = clock.now()
  const id = newId('order')
  await em.insert(OrderEntity, {
    id,
    kind: 'top_up',
    customerId,
    planId,
    state: 'open',
    priceMinor: amount.minor,
    currency: amount.currency,
    days: 0,
    deviceLimit: null,
    trafficLimitBytes: null,
    requestId,
    createdAt: now,
    expiresAt: addMs(now, orderWaits.open.atMostMs),
    paidAt: null,
  })
  return em.findOneOrFail(OrderEntity, { id })
}
