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
  type Addon,
  type AddonId,
  addMs,
  type CustomerId,
  type Id,
  type MethodOf,
  type Money,
  methodIdOf,
  newId,
  orderWaits,
  type PaymentId,
  type Plan,
  type PlanId,
  type ProviderId,
} from '@vpn-kiosk/domain'
import { findAddonOffer } from '../addon/find-addon-offer.ts'
import { discountColumns } from '../discount/discount-columns.ts'
import { holdsPromo } from '../discount/holds-promo.ts'
import { priceForCustomer } from '../discount/price-for-customer.ts'
import { type PromoRefusal, refusePromo } from '../discount/refuse-promo.ts'
import { takePromo } from '../discount/take-promo.ts'
import { withFreePromo } from '../discount/with-free-promo.ts'
import { isMethod } from '../payment/read-methods.ts'
import { readOtherPrices } from '../plan/read-other-prices.ts'
import { toPlan } from '../purchase/list-plans.ts'
import { openInvoice } from '../purchase/open-invoice.ts'
import { reusableForMs } from '../purchase/prepare-payment.ts'
import type { StartPurchaseDeps } from '../purchase/purchase-request.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { mustAcceptTerms } from '../terms/must-accept-terms.ts'
import { findFreeBalance } from './find-free-balance.ts'

export interface TopUpWish {
  readonly customerId: CustomerId
  readonly providerId: ProviderId
  /** One of the provider's ways to pay; absent = its page with all of them. */
  readonly method?: string | undefined
  readonly amount: Money
  /** What is to be bought once the money is there; null: nothing yet. */
  readonly planId: PlanId | null
  /** The plan is for somebody else. */
  readonly isGift?: boolean
  /** The same of an add-on; absent = none. */
  readonly addonId?: AddonId | null
  /** Of the button that was pressed: pressed again, it finds the same invoice. */
  readonly requestId: string
  readonly returnUrl: string
  /** What the payer reads on the provider's page. */
  readonly description: string
}

export type StartTopUpResult =
  | { readonly kind: 'invoice'; readonly paymentId: PaymentId; readonly url: string; readonly expiresAt: Date }
  | { readonly kind: 'banned' | 'provider_gone' | 'plan_gone' | 'addon_gone' | 'already_paid' | 'wrong_amount' }
  /** The plan costs more than what there would be, or the code that made its price is not free. */
  | PromoRefusal
  /** No answer: another try may succeed. */
  | { readonly kind: 'provider_unavailable' }
  /** The provider said no, and staff were told why: only another provider helps. */
  | { readonly kind: 'provider_refused' }
  /** The law wants a receipt sent: the customer says first where to. */
  | { readonly kind: 'needs_email' }
  /** The shop wants its terms agreed to before anything is paid. */
  | { readonly kind: 'needs_terms' }

/** In minor units of any currency: more is a mistake, or somebody else's money. */
const mostMinor = 10_000_000n

/** Opens an invoice whose money becomes the customer's balance. */
export async function startTopUp(deps: StartPurchaseDeps, wish: TopUpWish): Promise<StartTopUpResult> {
  const provider = deps.providers.get(wish.providerId)
  if (!provider?.currencies.includes(wish.amount.currency)) return { kind: 'provider_gone' }
  const of = { provider: provider.id, method: wish.method }
  if (!isMethod(methodIdOf(of), deps.providers)) return { kind: 'provider_gone' }
  if (await mustAcceptTerms(deps, wish.customerId)) return { kind: 'needs_terms' }
  if (wish.amount.minor <= 0n || wish.amount.minor > mostMinor) return { kind: 'wrong_amount' }
  const prepared = await withFreePromo<Prepared>(deps, wish.customerId, () =>
    deps.db.transaction((em) => prepare(deps, em, wish, of)),
  )
  if ('kind' in prepared) return prepared
  const { payment, isFirst } = prepared
  const invoice =
    payment.url && payment.reference
      ? ({ kind: 'open', url: payment.url } as const)
      : await openInvoice(deps, provider, payment, { ...wish, isFirst })
  if (invoice.kind === 'needs_email') return { kind: 'needs_email' }
  if (invoice.kind !== 'open') return { kind: `provider_${invoice.kind}` }
  return { kind: 'invoice', paymentId: payment.id, url: invoice.url, expiresAt: payment.expiresAt }
}

type Prepared =
  | { readonly payment: PaymentRow; readonly isFirst: boolean }
  | { readonly kind: 'banned' | 'plan_gone' | 'addon_gone' | 'already_paid' }
  | PromoRefusal

/** What is to be bought with the money. */
interface Wished {
  readonly plan: Plan | null
  readonly addon: WishedAddon | null
}

/** The open payment of this wish, or one that is stored now with its order. The customer is locked: two taps find one. */
async function prepare(deps: StartPurchaseDeps, em: EntityManager, wish: TopUpWish, of: MethodOf): Promise<Prepared> {
  const { customerId, planId, amount } = wish
  const customer = await em.findOneOrFail(CustomerEntity, { id: customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (customer.bannedAt) return { kind: 'banned' }
  const plan = planId ? await findPlan(deps, em, wish, planId) : null
  if (planId && !plan) return { kind: 'plan_gone' }
  const addon = wish.addonId ? await findAddon(deps, em, wish, wish.addonId) : null
  if (wish.addonId && !addon) return { kind: 'addon_gone' }
  const known = await em.findOne(OrderEntity, { customerId, requestId: requestKey(wish) })
  if (known?.state === 'paid') return { kind: 'already_paid' }
  const order = await findOpenOrder(deps, em, wish, { plan, addon })
  const open =
    order &&
    (await em.findOne(PaymentEntity, {
      orderId: order.id,
      ...of,
      method: of.method ?? null,
      state: ['created', 'pending'],
    }))
  if (open) return { payment: open, isFirst: false }
  if (!order && !(await coversPrice(em, wish, plan ?? addon))) return { kind: 'price_changed' }
  if (!order && plan && !(await takePromo(em, customerId, plan.discount)))
    return refusePromo(em, customerId, plan.discount?.promoId, deps.clock.now())
  // A button whose order has run out is a wish to try again: the order that it made keeps its id.
  const paidFor =
    order ?? (await storeOrder(deps, em, wish, { requestId: known ? null : requestKey(wish), plan, addon }))
  return { payment: await storePayment(deps, em, paidFor, { ...of, amount }), isFirst: true }
}

/** The button of a screen that offers other ways to pay as well: each has an order of its own. */
const requestKey = ({ requestId }: TopUpWish): string => `top_up:${requestId}`

/** At the price of this customer. */
async function findPlan(
  deps: StartPurchaseDeps,
  em: EntityManager,
  { customerId }: TopUpWish,
  id: PlanId,
): Promise<Plan | null> {
  const row = await em.findOne(PlanEntity, { id, isActive: true, isTrial: false })
  if (!row) return null
  const listed = toPlan(row, await readOtherPrices(em, [row]))
  const [plan] = await priceForCustomer(deps, em, customerId, [listed], deps.clock.now())
  return plan
}

interface WishedAddon extends Pick<Addon, 'id' | 'price'> {
  readonly periodId: Id<'period'>
}

async function findAddon(
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  { customerId }: TopUpWish,
  addonId: AddonId,
): Promise<WishedAddon | null> {
  const offer = await findAddonOffer(em, customerId, clock.now())
  const addon = offer?.addons.find(({ id }) => id === addonId)
  return offer && addon ? { id: addonId, price: addon.price, periodId: offer.periodId } : null
}

async function coversPrice(
  em: EntityManager,
  { customerId, amount }: TopUpWish,
  wished: Pick<Plan, 'price'> | null,
): Promise<boolean> {
  if (wished?.price.currency !== amount.currency) return true
  const { price } = wished
  const free = await findFreeBalance(em, customerId, price.currency)
  return free.minor + amount.minor >= price.minor
}

/** The same wish, while its invoices have some time to live. */
async function findOpenOrder(
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  { customerId, planId, amount, isGift = false }: TopUpWish,
  { plan, addon }: Wished,
): Promise<OrderRow | null> {
  const order = await em.findOne(
    OrderEntity,
    {
      customerId,
      kind: 'top_up',
      planId,
      buysGift: isGift,
      addonId: addon?.id ?? null,
      addonPeriodId: addon?.periodId ?? null,
      state: 'open',
      priceMinor: amount.minor,
      currency: amount.currency,
      ...(plan && discountColumns(plan)),
      expiresAt: { $gt: addMs(clock.now(), reusableForMs) },
    },
    { orderBy: { createdAt: 'desc' } },
  )
  return order && (await holdsPromo(em, order)) ? order : null
}

async function storeOrder(
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  { customerId, planId, amount, isGift = false }: TopUpWish,
  { requestId, plan, addon }: Wished & { readonly requestId: string | null },
): Promise<OrderRow> {
  const now = clock.now()
  const id = newId('order')
  await em.insert(OrderEntity, {
    id,
    kind: 'top_up',
    customerId,
    planId,
    buysGift: isGift,
    addonId: addon?.id ?? null,
    addonPeriodId: addon?.periodId ?? null,
    state: 'open',
    priceMinor: amount.minor,
    currency: amount.currency,
    ...(plan && discountColumns(plan)),
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
