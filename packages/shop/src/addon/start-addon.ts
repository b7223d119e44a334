import {
  CustomerEntity,
  type EntityManager,
  LockMode,
  OrderEntity,
  type OrderRow,
  PaymentEntity,
  type PaymentRow,
} from '@vpn-kiosk/db'
import {
  type Addon,
  type AddonId,
  addMs,
  type CustomerId,
  type MethodOf,
  type Money,
  methodIdOf,
  money,
  orderWaits,
  type PaymentId,
  type PaymentProvider,
  type ProviderId,
} from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import { isRecurring } from '../payment/may-recur.ts'
import { priceAt } from '../payment/price-at.ts'
import { isMethod, readMethods, settingsOf } from '../payment/read-methods.ts'
import { openInvoice } from '../purchase/open-invoice.ts'
import { reusableForMs } from '../purchase/prepare-payment.ts'
import type { StartPurchaseDeps } from '../purchase/purchase-request.ts'
import { storePayment } from '../purchase/store-payment.ts'
import { mustAcceptTerms } from '../terms/must-accept-terms.ts'
import { type AddonOffer, findAddonOffer } from './find-addon-offer.ts'
import { type NewAddonOrder, storeAddonOrder } from './store-addon-order.ts'

export interface AddonWish {
  readonly customerId: CustomerId
  readonly addonId: AddonId
  readonly providerId: ProviderId
  /** One of the provider's ways to pay; absent = its page with all of them. */
  readonly method?: string | undefined
  /** Of the button that was pressed: pressed again, it finds what the first press made, also once that is paid. */
  readonly requestId: string
  /** The price that was shown, in minor units: no order is made for more. */
  readonly shownMinor?: bigint
  readonly returnUrl: string
  /** What the payer reads on the provider's page. */
  readonly description: string
}

export type StartAddonResult =
  | {
      readonly kind: 'invoice'
      readonly paymentId: PaymentId
      readonly url: string
      readonly addon: Addon
      /** What this invoice asks for, in a currency that its provider takes. */
      readonly amount: Money
      readonly expiresAt: Date
      /** Until when the add-on holds. */
      readonly endsAt: Date
    }
  | { readonly kind: 'banned' | 'provider_gone' | 'already_paid' | 'price_changed' }
  /** It is not sold any more, or not for what this customer has now. */
  | { readonly kind: 'addon_gone' }
  /** The shop wants its terms agreed to before anything is paid. */
  | { readonly kind: 'needs_terms' }
  /** The law wants a receipt sent: the customer says first where to. */
  | { readonly kind: 'needs_email' }
  /** No answer: another try may succeed. */
  | { readonly kind: 'provider_unavailable' }
  /** The provider said no, and staff were told why: only another provider helps. */
  | { readonly kind: 'provider_refused' }

/** Opens an invoice for more devices or traffic in the stretch that runs now. Two taps of one button make one order. */
export async function startAddon(deps: StartPurchaseDeps, wish: AddonWish): Promise<StartAddonResult> {
  const provider = deps.providers.get(wish.providerId)
  if (!provider || isRecurring(provider, wish.method)) return { kind: 'provider_gone' }
  if (await mustAcceptTerms(deps, wish.customerId)) return { kind: 'needs_terms' }
  const prepared = await deps.db.transaction((em) => prepare(deps, em, wish, provider))
  if ('kind' in prepared) return prepared
  deps.checkpoint('addon:stored')
  const { payment, addon, endsAt, isFirst } = prepared
  const invoice =
    payment.url && payment.reference
      ? ({ kind: 'open', url: payment.url } as const)
      : await openInvoice(deps, provider, payment, { ...wish, isFirst })
  if (invoice.kind === 'needs_email') return { kind: 'needs_email' }
  if (invoice.kind !== 'open') return { kind: `provider_${invoice.kind}` }
  const { id: paymentId, expiresAt, amountMinor, currency } = payment
  return {
    kind: 'invoice',
    paymentId,
    url: invoice.url,
    addon,
    amount: money(amountMinor, currency),
    expiresAt,
    endsAt,
  }
}

type Prepared =
  | { readonly payment: PaymentRow; readonly addon: Addon; readonly endsAt: Date; readonly isFirst: boolean }
  | { readonly kind: 'banned' | 'provider_gone' | 'already_paid' | 'price_changed' | 'addon_gone' }

/** The customer is locked: two taps find one order. */
async function prepare(
  deps: StartPurchaseDeps,
  em: EntityManager,
  wish: AddonWish,
  provider: PaymentProvider,
): Promise<Prepared> {
  const { customerId, addonId, requestId, shownMinor } = wish
  const customer = await em.findOneOrFail(CustomerEntity, { id: customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (customer.bannedAt) return { kind: 'banned' }
  const known = await em.findOne(OrderEntity, { customerId, requestId })
  if (known?.state === 'paid') return { kind: 'already_paid' }
  const now = deps.clock.now()
  const offer = await findAddonOffer(em, customerId, now)
  const addon = offer?.addons.find(({ id }) => id === addonId)
  if (!offer || !addon) return { kind: 'addon_gone' }
  if (shownMinor !== undefined && addon.price.minor > shownMinor) return { kind: 'price_changed' }
  const of = { provider: provider.id, method: wish.method }
  const amount = await amountOf(deps, em, of, addon)
  if (!amount) return { kind: 'provider_gone' }
  const order =
    (await findOpenOrder(em, customerId, { addon, offer, after: addMs(now, reusableForMs) })) ??
    (await storeOrder(em, { wish: known ? { ...wish, requestId: null } : wish, addon, offer }, now))
  const open = await em.findOne(PaymentEntity, {
    orderId: order.id,
    provider: provider.id,
    method: wish.method ?? null,
    amountMinor: amount.minor,
    currency: amount.currency,
    state: ['created', 'pending'],
  })
  const payment = open ?? (await storePayment(deps, em, order, { ...of, amount }))
  return { payment, addon, endsAt: offer.stretch.endsAt, isFirst: !open }
}

async function amountOf(deps: StartPurchaseDeps, em: EntityManager, of: MethodOf, addon: Addon): Promise<Money | null> {
  const id = methodIdOf(of)
  if (!isMethod(id, deps.providers)) return null
  const settings = settingsOf(await readMethods(deps, em), id, deps.providers)
  return settings.isOffered ? priceAt(deps.providers.get(of.provider)!, addon, settings) : null
}

/** The same add-on for the same stretch at the same price, while its invoices have some time to live. */
const findOpenOrder = (
  em: EntityManager,
  customerId: CustomerId,
  { addon, offer, after }: { readonly addon: Addon; readonly offer: AddonOffer; readonly after: Date },
): Promise<OrderRow | null> =>
  em.findOne(
    OrderEntity,
    {
      customerId,
      kind: 'addon',
      addonId: addon.id,
      addonPeriodId: offer.periodId,
      state: 'open',
      priceMinor: addon.price.minor,
      currency: addon.price.currency,
      expiresAt: { $gt: after },
    },
    { orderBy: { createdAt: 'desc' } },
  )

async function storeOrder(em: EntityManager, order: Omit<NewAddonOrder, 'expiresAt'>, now: Date): Promise<OrderRow> {
  const stored = await storeAddonOrder(em, { ...order, expiresAt: addMs(now, orderWaits.open.atMostMs) }, now)
  await recordActivity(em, order.wish.customerId, 'checkout', now)
  return stored
}
