import {
  type AddonSize,
  type CoinQuote,
  equalMoney,
  type MethodOf,
  type Money,
  methodIdOf,
  type Plan,
  type PlanId,
  savingPercent,
  textIn,
} from '@vpn-kiosk/domain'
import type { HeldPromo, PaymentMethod, RoomForCustomer, StartPurchaseResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { addonName } from '../addons/addon-name.ts'
import { balanceRows } from '../balance/views.ts'
import { buyGift, chooseGift, leaveGift, listGifts, openGifts } from '../gift/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { askPromoFor, dropPromo } from '../promo/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { buyPlan, checkPayment, choosePlan, leaveInvoice, openPlans, renewPlan, saveCard } from './callbacks.ts'
import { discountLines, heldPromoLines, withPrice } from './discount-lines.ts'
import { methodLabel, methodName } from './method-name.ts'
import { promoRefusedView } from './promo-refused-view.ts'
import { quoteLines } from './quote-lines.ts'

/** A plan's name in the customer's language. */
export const titleOf = (t: Translator, title: Plan['title']): string => textIn(title, t.language)

/** With the price where it is not the plan's own. */
const offerLabel = (t: Translator, plan: Plan, method: PaymentMethod, offered: readonly PaymentMethod[]): string => {
  const name = methodName(t, method)
  const isEither = offered.some((one) => one.provider === method.provider && one.everyDays !== undefined)
  const label = isEither && method.everyDays === undefined ? t.plain('pay-once', { name }) : name
  const { amount, everyDays } = method
  if (everyDays !== undefined) return t.plain('pay-method-again', { label, price: t.money(amount), days: everyDays })
  return equalMoney(amount, plan.price) ? label : t.plain('pay-method', { label, price: t.money(amount) })
}

interface Sold {
  readonly planTitle: Plan['title'] | null
  readonly isGift?: boolean
  readonly addon?: AddonSize | null
}

/** What a payment was for: a plan, more devices or traffic, or the balance. */
export function soldTitle(t: Translator, { planTitle: title, isGift, addon }: Sold): string {
  if (addon) return addonName(t, addon)
  if (!title) return t.plain('top-up-name')
  return isGift ? t.plain('gift-name', { title: titleOf(t, title) }) : titleOf(t, title)
}

/** One tap to the plan that fits, and one to all the others. `isTrial`: nothing was bought yet, so nothing is renewed. */
export function renewalRows(t: Translator, plan: Plan | null, isTrial: boolean): Keyboard {
  if (!plan) return [[openPlans.button(t.plain('plans-all'), {}, 'primary')]]
  const offer = { title: titleOf(t, plan.title), price: t.money(plan.price) }
  return [
    [renewPlan.button(t.plain(isTrial ? 'plans-take' : 'plans-renew', offer), { plan: plan.id }, 'primary')],
    [openPlans.button(t.plain('plans-all'), {})],
  ]
}

/** What the customer has now: a purchase is added to it. */
export type Running = 'nothing' | 'trial' | 'subscription'

const titles = { nothing: 'plans-title', trial: 'plans-title-after-trial', subscription: 'plans-title-renew' } as const

/** The price list; who would wait for a key reads so before paying. */
export function plansView(
  t: Translator,
  plans: readonly Plan[],
  { running, room }: { readonly running: Running; readonly room: RoomForCustomer },
): View {
  const shortest = plans.reduce<Plan | null>((least, plan) => (least && least.days <= plan.days ? least : plan), null)
  if (!shortest) return { text: t('plans-none'), keyboard: [[menuButton(t)]] }
  const lines = plans.map((plan) => planLine(t, plan, savingPercent(plan, shortest)))
  const title = t(titles[running])
  return {
    text: [title, ...roomLines(t, room), ...lines, ...discountLines(t, plans)].join('\n\n'),
    keyboard: [
      ...plans.map((plan) => [planButton(t, plan, savingPercent(plan, shortest))]),
      [openGifts.button(t.plain('gift-open'), {}), menuButton(t)],
    ],
  }
}

const roomLines = (t: Translator, room: RoomForCustomer): string[] =>
  room === 'served' ? [] : [t(room === 'waits' ? 'preview-waits' : 'sold-out')]

export function planLine(t: Translator, plan: Plan, saving: number): string {
  const name = withPrice(t, 'plans-line', plan, { title: titleOf(t, plan.title) })
  const marks = [
    ...(plan.isPopular ? [t('plans-popular')] : []),
    ...(saving > 0 ? [t('plans-saving', { percent: saving })] : []),
  ]
  return [name, ...marks].join(' · ').concat('\n', limitsOf(t, plan))
}

/** What a plan gives, in one line. */
export const limitsOf = (t: Translator, { deviceLimit, trafficLimitBytes }: Limits): string =>
  t('plans-limits', {
    devices: deviceLimit,
    traffic: trafficLimitBytes === null ? t.plain('plans-unlimited') : t.bytes(trafficLimitBytes),
  })

type Limits = Pick<Plan, 'deviceLimit' | 'trafficLimitBytes'>

const planButton = (t: Translator, plan: Plan, saving: number) => {
  const label = t.plain('plans-button', { title: titleOf(t, plan.title), price: t.money(plan.price) })
  const mark = plan.isPopular ? '🔥 ' : ''
  const tail = saving > 0 ? ` · −${t.plain('promo-percent', { percent: saving })}` : ''
  return choosePlan.button(`${mark}${label}${tail}`, { plan: plan.id }, plan.isPopular ? 'primary' : undefined)
}

export interface Methods {
  readonly plan: Plan
  /** What the customer has on the balance, in the plan's currency. */
  readonly balance?: Money | null
  readonly offered: readonly PaymentMethod[]
  /** For somebody else; absent = for the customer. */
  readonly kind?: 'gift' | undefined
  /** Of this screen: see `buyPlan`. */
  readonly request: string
  readonly room: RoomForCustomer
  /** Something runs that the purchase is added to: the key is there already. */
  readonly isRunning?: boolean
  /** What an invoice comes to in coins; null or absent where it is not paid in any. */
  readonly quote?: CoinQuote | null
  /** The code that the customer has entered. */
  readonly held?: HeldPromo | null
  /** Why the screen is shown again. */
  readonly note?: string | null
  /** Tried just now: it did not answer, or refused, which another try does not mend. */
  readonly failed?: MethodOf & { readonly mayRetry: boolean }
}

/** How to pay. */
export function methodsView(t: Translator, methods: Omit<Methods, 'room'>): View {
  const { plan, balance, offered, request, failed, kind, held = null, note = null } = methods
  const isGift = kind === 'gift'
  const buy = isGift ? buyGift : buyPlan
  const button = (label: string, of: MethodOf) => [
    buy.button(label, { plan: plan.id, method: methodIdOf(of), request }),
  ]
  const rows = offered
    .filter((method) => !failed || !isSame(method, failed))
    .map((method) => button(offerLabel(t, plan, method, offered), method))
  const own = balanceRows(t, { plan, balance: balance ?? null, request, kind })
  if (!failed && rows.length + own.length === 0) return noMethodsView(t, kind)
  if (!failed) {
    const order = withPrice(t, 'pay-methods', plan, { title: titleOf(t, plan.title) })
    const why = [...discountLines(t, [plan]), ...heldPromoLines(t, plan, held)]
    const whom = isGift ? [t('gift-for-somebody')] : []
    const text = [...(note ? [note] : []), [...whom, order, ...why].join('\n'), limitsOf(t, plan), t('pay-how')]
    const promo = isGift ? [] : [promoRow(t, plan, held)]
    return { text: text.join('\n\n'), keyboard: [...own, ...rows, ...promo, ...backToPlans(t, kind)] }
  }
  const retry = failed.mayRetry ? [button(t.plain('pay-retry'), failed)] : []
  const support = failed.mayRetry ? [] : [[openSupport.button(t.plain('menu-support'), {})]]
  const key = `pay-${failed.mayRetry ? 'down' : 'refused'}${rows.length > 0 ? '-choose' : ''}`
  return {
    text: t(key, { method: methodLabel(t, failed) }),
    keyboard: [...rows, ...retry, ...support, ...backToPlans(t, kind)],
  }
}

/** What does not answer answers in none of its ways to pay; what refuses one may well take another. */
const isSame = (method: MethodOf, failed: MethodOf & { readonly mayRetry: boolean }): boolean =>
  failed.mayRetry ? method.provider === failed.provider : methodIdOf(method) === methodIdOf(failed)

/** A code is entered here, or given up. */
const promoRow = (t: Translator, { id: plan }: Plan, held: HeldPromo | null) => [
  held
    ? dropPromo.button(t.plain('promo-drop', { code: held.code }), { plan })
    : askPromoFor.button(t.plain('promo-open'), { plan }),
]

const giftRows = (t: Translator): Keyboard => [[listGifts.button(t.plain('gift-mine'), { olderThan: null })]]

export function purchaseView(
  t: Translator,
  result: Exclude<StartPurchaseResult, { readonly kind: 'needs_email' | 'needs_terms' }>,
  {
    planId,
    ...methods
  }: Pick<Methods, 'offered' | 'request' | 'room' | 'kind' | 'quote' | 'isRunning'> & { readonly planId: PlanId },
): View {
  switch (result.kind) {
    case 'invoice':
      return invoiceView(t, result, methods)
    case 'provider_unavailable':
    case 'provider_refused': {
      const failed = { ...triedBy(result), mayRetry: result.kind === 'provider_unavailable' }
      return methodsView(t, { ...methods, plan: result.plan, failed })
    }
    case 'already_paid':
      if (methods.kind === 'gift') return { text: t('gift-already-paid'), keyboard: [...giftRows(t), [menuButton(t)]] }
      return {
        text: t('already-paid'),
        keyboard: [
          [openKey.button(t.plain('menu-key'), {})],
          [openPlans.button(t.plain('buy-more'), {})],
          [menuButton(t)],
        ],
      }
    case 'price_changed':
    case 'code_in_invoice':
      return promoRefusedView(t, result, { planId, again: methods.kind === 'gift' ? chooseGift : choosePlan })
    case 'plan_gone':
      return { text: t('plan-gone'), keyboard: backToPlans(t, methods.kind) }
    case 'provider_gone':
      return { text: t('provider-gone'), keyboard: backToPlans(t, methods.kind) }
    case 'no_room':
      return {
        text: t('sold-out'),
        keyboard: [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
      }
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
  }
}

function invoiceView(
  t: Translator,
  invoice: StartPurchaseResult & { kind: 'invoice' },
  {
    offered,
    room,
    kind,
    quote,
    request,
    isRunning = false,
  }: Pick<Methods, 'offered' | 'room' | 'kind' | 'quote' | 'request' | 'isRunning'>,
): View {
  const { amount, plan } = invoice
  const price = t.money(amount)
  const isGift = kind === 'gift'
  const leave = (label: string, to: 'methods' | 'plans' | 'menu') => [
    (isGift ? leaveGift : leaveInvoice).button(t.plain(label), { plan: invoice.plan.id, to }),
  ]
  const of = triedBy(invoice)
  const method = offered.find((one) => methodIdOf(one) === methodIdOf(of))
  // An invoice of before the percentage changed keeps its amount, and says nothing of the new one.
  const isUnchanged = method !== undefined && equalMoney(method.amount, invoice.amount)
  const name = methodName(t, { ...of, title: method?.title ?? {}, percent: isUnchanged ? method.percent : 0 })
  const { card } = invoice
  const way = of.method ?? 'card'
  const saving = { plan: plan.id, method: methodIdOf(of), request, on: card === 'offered' }
  const hasOther = offered.some((one) => one !== method)
  return {
    text: [
      [
        ...(isGift ? [t('gift-for-somebody')] : []),
        withPrice(t, 'invoice', plan, { title: titleOf(t, plan.title), price: amount, method: name }),
        ...discountLines(t, [plan]),
        ...quoteLines(t, quote),
      ].join('\n'),
      ...(method?.everyDays === undefined ? [] : [t('invoice-again', { price, days: method.everyDays })]),
      ...(card === 'saves' || card === 'refused'
        ? [t(`invoice-card-${card}`, { way, price: t.money(priceAgain(plan)) })]
        : []),
      t(
        isGift
          ? 'gift-invoice-steps'
          : room !== 'served'
            ? 'invoice-steps-no-room'
            : isRunning
              ? 'invoice-steps-renew'
              : 'invoice-steps',
      ),
      t('invoice-until', { until: t.dateTime(invoice.expiresAt) }),
    ].join('\n\n'),
    keyboard: [
      [{ text: t.plain('invoice-pay', { price }), url: invoice.url }],
      [checkPayment.button(t.plain('invoice-check'), { payment: invoice.paymentId })],
      ...(card === 'offered' || card === 'saves'
        ? [[saveCard.button(t.plain('invoice-card', { state: card, way }), saving)]]
        : []),
      ...(plan.discount || isGift || method?.everyDays !== undefined
        ? []
        : [[askPromoFor.button(t.plain('promo-open'), { plan: plan.id })]]),
      hasOther ? leave('invoice-other', 'methods') : leave('back', 'plans'),
      leave('to-menu', 'menu'),
    ],
  }
}

/** What a renewal costs by today's prices: codes and happy hours are for who buys by hand. */
const priceAgain = ({ price, discount }: Plan): Money =>
  discount && discount.cause !== 'personal' ? discount.list.price : price

const triedBy = ({
  providerId: provider,
  method,
}: {
  readonly providerId: string
  readonly method?: string | undefined
}) => ({
  provider,
  ...(method !== undefined && { method }),
})

const backToPlans = (t: Translator, kind?: 'gift'): Keyboard => [
  [(kind === 'gift' ? openGifts : openPlans).button(t.plain('back'), {})],
]

const noMethodsView = (t: Translator, kind?: 'gift'): View => ({
  text: t('pay-none'),
  keyboard: [[openSupport.button(t.plain('menu-support'), {})], ...backToPlans(t, kind)],
})
