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
  addMs,
  atPrice,
  isBefore,
  methodIdOf,
  minuteMs,
  money,
  newId,
  type OrderId,
  type OrderKind,
  orderWaits,
  type PaymentProvider,
  type Plan,
  type ProviderId,
} from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import { cancelDearer } from '../discount/cancel-dearer.ts'
import { discountColumns } from '../discount/discount-columns.ts'
import { holdsPromo } from '../discount/holds-promo.ts'
import { type PromoRefusal, refusePromo } from '../discount/refuse-promo.ts'
import { takePromo } from '../discount/take-promo.ts'
import { isRecurring, mayRecur } from '../payment/may-recur.ts'
import { maySaveCard } from '../payment/may-save-card.ts'
import { priceAt } from '../payment/price-at.ts'
import { isMethod, readMethods, settingsOf } from '../payment/read-methods.ts'
import { priceSoldPlan, readSoldPlan } from './find-plan.ts'
import type { StartPurchaseDeps, StartPurchaseInput } from './purchase-request.ts'
import { storePayment } from './store-payment.ts'

/** An invoice is handed out again while it has at least this long to live, and another is added to its order. */
export const reusableForMs = 5 * minuteMs

export type PreparedPayment =
  /** `isFirst`: stored by this call, so that no invoice of it can be anywhere. */
  | { readonly payment: PaymentRow; readonly plan: Plan; readonly isFirst: boolean }
  | { readonly kind: 'banned' | 'plan_gone' | 'provider_gone' }
  | { readonly kind: 'already_paid'; readonly orderId: OrderId }
  | PromoRefusal

/**
 * The payment that a purchase goes on with: the open one for the same plan and way to pay, or one stored now together
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
  const listed = await readSoldPlan(deps, em, input)
  if (!listed || (listed.isTrial && kindOf(input) !== 'plan')) return { kind: 'plan_gone' }
  const plan = await priceSoldPlan(deps, em, customer.id, listed)
  const known = await findRequestedOrder(em, input)
  const requested = known?.planId === plan.id && known.kind === kindOf(input) ? known : null
  if (requested?.state === 'paid') return { kind: 'already_paid', orderId: requested.id }
  const own = requested && isReusable(deps, requested) && (await holdsPromo(em, requested)) ? requested : null
  // Another button's open order is no reason to ask for more than what this one showed.
  if (!own && input.shownMinor !== undefined && plan.price.minor > input.shownMinor) return { kind: 'price_changed' }
  const order = own ?? (await findOpenOrder(deps, em, input, plan))
  const sold = order ? soldBy(order, listed, plan) : plan
  const of = { provider: provider.id, method: input.method }
  const id = methodIdOf(of)
  const settings = isMethod(id, deps.providers) ? settingsOf(await readMethods(deps, em), id, deps.providers) : null
  const amount = settings?.isOffered ? priceAt(provider, sold, settings) : null
  if (!amount) return { kind: 'provider_gone' }
  if (isRecurring(provider, input.method) && !(await isRenewable(deps, em, provider, input, sold)))
    return { kind: 'provider_gone' }
  const savesCard = input.savesCard === true && (await isSavable(deps, em, provider, input, sold))
  // The same button finds its invoice, whatever that asks for; a new one finds only an invoice for what it showed.
  const asked = order === own ? {} : { amountMinor: amount.minor, currency: amount.currency }
  const open =
    order &&
    (await findOpenPayment(em, order, { provider: provider.id, method: input.method ?? null, savesCard, ...asked }))
  if (open) return { payment: open, plan: sold, isFirst: false }
  if (!order && !(await takePromo(em, customer.id, plan.discount)))
    return refusePromo(em, customer.id, plan.discount?.promoId, deps.clock.now())
  // A button whose order has run out is a wish to try again: the order that it made keeps its id.
  const paidFor = order ?? (await storeOrder(deps, em, known ? withoutRequest(input) : input, plan))
  const payment = await storePayment(deps, em, paidFor, { ...of, amount, savesCard })
  return { payment, plan: sold, isFirst: true }
}

/** Neither a gift nor a trial is renewed. */
const isSavable = async (
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  provider: PaymentProvider,
  input: StartPurchaseInput,
  { price, isTrial }: Pick<Plan, 'price' | 'isTrial'>,
): Promise<boolean> =>
  kindOf(input) === 'plan' && !isTrial && (await maySaveCard(em, provider, price.currency, clock.now()))

/** A gift is paid once. */
const isRenewable = async (
  { clock }: StartPurchaseDeps,
  em: EntityManager,
  provider: PaymentProvider,
  input: StartPurchaseInput,
  plan: Plan,
): Promise<boolean> => kindOf(input) === 'plan' && (await mayRecur(em, provider, plan, input.customerId, clock.now()))

const findOpenPayment = (
  em: EntityManager,
  order: OrderRow,
  like: { readonly provider: ProviderId; readonly method: string | null; readonly savesCard: boolean } & Partial<
    Pick<PaymentRow, 'amountMinor' | 'currency'>
  >,
): Promise<PaymentRow | null> =>
  em.findOne(
    PaymentEntity,
    { orderId: order.id, ...like, state: { $in: ['created', 'pending'] } },
    { orderBy: { createdAt: 'asc' } },
  )

/** The plan as the order sells it, however it has changed since. What it costs in other currencies is today's. */
function soldBy(order: OrderRow, listed: Plan, { discount: today }: Plan): Plan {
  const { priceMinor, discountMinor, discountCause: cause, promoId = null } = order
  const sold = {
    ...listed,
    days: order.days,
    price: money(priceMinor + discountMinor, order.currency),
    ...(typeof order.deviceLimit === 'number' && {
      deviceLimit: order.deviceLimit,
      trafficLimitBytes: order.trafficLimitBytes ?? null,
    }),
  }
  if (!cause) return sold
  const isToday = today?.cause === cause && today.promoId === promoId
  const { code, endsAt } = isToday ? today : { code: null, endsAt: null }
  return atPrice(sold, priceMinor, { cause, promoId, code, endsAt })
}

const kindOf = ({ kind }: StartPurchaseInput): OrderKind => kind ?? 'plan'

const withoutRequest = ({ requestId: _, ...input }: StartPurchaseInput): StartPurchaseInput => input

const isReusable = ({ clock }: StartPurchaseDeps, order: OrderRow): boolean =>
  order.state === 'open' && isBefore(addMs(clock.now(), reusableForMs), order.expiresAt)

/** What the button made, whatever plan it was for. */
const findRequestedOrder = async (
  em: EntityManager,
  { customerId, requestId }: StartPurchaseInput,
): Promise<OrderRow | null> => (requestId === undefined ? null : em.findOne(OrderEntity, { customerId, requestId }))

/** One that sells the same at the same price, for the same reason. */
async function findOpenOrder(
  deps: StartPurchaseDeps,
  em: EntityManager,
  input: StartPurchaseInput,
  plan: Plan,
): Promise<OrderRow | null> {
  const order = await em.findOne(
    OrderEntity,
    {
      customerId: input.customerId,
      kind: kindOf(input),
      planId: plan.id,
      state: 'open',
      priceMinor: plan.price.minor,
      currency: plan.price.currency,
      ...discountColumns(plan),
      days: plan.days,
      deviceLimit: plan.deviceLimit,
      trafficLimitBytes: plan.trafficLimitBytes,
      expiresAt: { $gt: addMs(deps.clock.now(), reusableForMs) },
    },
    { orderBy: { createdAt: 'desc' } },
  )
  return order && (await holdsPromo(em, order)) ? order : null
}

async function storeOrder(
  deps: StartPurchaseDeps,
  em: EntityManager,
  input: StartPurchaseInput,
  plan: Plan,
): Promise<OrderRow> {
  const { customerId, requestId } = input
  const now = deps.clock.now()
  const id = newId('order')
  await em.insert(OrderEntity, {
    id,
    kind: kindOf(input),
    customerId,
    planId: plan.id,
    state: 'open',
    priceMinor: plan.price.minor,
    currency: plan.price.currency,
    ...discountColumns(plan),
    days: plan.days,
    deviceLimit: plan.deviceLimit,
    trafficLimitBytes: plan.trafficLimitBytes,
    requestId: requestId ?? null,
    createdAt: now,
    expiresAt: addMs(now, orderWaits.open.atMostMs),
    paidAt: null,
  })
  await recordActivity(em, customerId, 'checkout', now)
  const order = await em.findOneOrFail(OrderEntity, { id })
  if (plan.discount) await cancelDearer(deps, em, order)
  return order
}
