import { type CoinQuote, type Money, methodIdOf, money, type Plan, type PlanId, textIn } from '@vpn-kiosk/domain'
import type { Balance, BuyFromBalanceResult, PaymentMethod, StartTopUpResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { chooseGift, giftFromBalance } from '../gift/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { askPromo } from '../promo/callbacks.ts'
import { checkPayment, openPlans } from '../purchase/callbacks.ts'
import { methodName } from '../purchase/method-name.ts'
import { promoRefusedView } from '../purchase/promo-refused-view.ts'
import { quoteLines } from '../purchase/quote-lines.ts'
import { openReceipts } from '../receipt/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import {
  buyFromBalance,
  chooseGiftTopUp,
  chooseTopUp,
  leaveTopUp,
  openBalance,
  payGiftTopUp,
  payTopUp,
} from './callbacks.ts'

/** In major units: what is offered to be topped up. */
const offeredAmounts = [100, 300, 500, 1000] as const

interface Around {
  readonly cheapest: Plan | null
  /** The shop sends receipts, or has the customer's address from when it did. */
  readonly hasReceipts: boolean
}

export function balanceView(t: Translator, { amounts, lines }: Balance, { cheapest, hasReceipts }: Around): View {
  const held = amounts.map(t.money).join(' + ')
  return {
    text: [
      held ? t('balance-title', { amount: held }) : t('balance-empty'),
      lines
        .map((line) => t('balance-line', { cause: line.cause, amount: signed(t, line.amount), at: t.date(line.at) }))
        .join('\n'),
      // The question is what the buttons answer.
      t('balance-use'),
    ]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [
      ...(cheapest ? amountRows(t, cheapest.price) : []),
      [openPlans.button(t.plain('balance-buy'), {}), askPromo.button(t.plain('promo-open'), {})],
      ...(hasReceipts ? [[openReceipts.button(t.plain('receipt-open'), {})]] : []),
      [menuButton(t)],
    ],
  }
}

const signed = (t: Translator, amount: Money): string =>
  amount.minor < 0n ? `−${t.money(money(-amount.minor, amount.currency))}` : `+${t.money(amount)}`

function amountRows(t: Translator, { currency }: Money): Keyboard {
  const buttons = offeredAmounts.map((major) => {
    const amount = money(BigInt(major) * 100n, currency)
    return chooseTopUp.button(`➕ ${t.money(amount)}`, { minor: amount.minor.toString(), plan: null })
  })
  return [buttons.slice(0, 2), buttons.slice(2)]
}

interface BalanceScreen {
  readonly plan: Plan
  readonly balance: Money | null
  readonly request: string
  readonly kind: 'gift' | undefined
}

/** What the balance can do for a purchase or a gift: pay all of it, or be topped up by what is missing. */
export function balanceRows(t: Translator, { plan, balance, request, kind }: BalanceScreen): Keyboard {
  if (!balance || balance.minor <= 0n) return []
  const [buy, topUp] = kind === 'gift' ? [giftFromBalance, chooseGiftTopUp] : [buyFromBalance, chooseTopUp]
  const missing = plan.price.minor - balance.minor
  if (missing <= 0n)
    return [
      [
        buy.button(
          t.plain('pay-balance', { price: t.money(plan.price) }),
          { plan: plan.id, request, price: plan.price.minor.toString() },
          'success',
        ),
      ],
    ]
  const rest = t.money(money(missing, plan.price.currency))
  const label = t.plain('pay-balance-and', { balance: t.money(balance), rest })
  return [[topUp.button(label, { minor: missing.toString(), plan: plan.id })]]
}

export interface TopUpScreen {
  readonly amount: Money
  readonly plan: PlanId | null
  /** The plan is for somebody else. */
  readonly isGift?: boolean | undefined
  /** What it is the missing part of; null where it is for itself, or that is not sold any more. */
  readonly wanted: Plan | null
  /** Each asks for the amount itself: a percentage is for what is bought. */
  readonly methods: readonly Omit<PaymentMethod, 'amount'>[]
  readonly request: string
  /** What the invoice comes to in coins; null or absent where it is not paid in any. */
  readonly quote?: CoinQuote | null
}

/** Where buying costs more or less by some way to pay, adding to the balance does not, and that is said. */
const exactLines = (t: Translator, methods: TopUpScreen['methods']): string[] =>
  methods.some(({ percent }) => percent !== 0) ? [t('top-up-exact')] : []

/** The amount, with what it is to buy. */
function titleOf(t: Translator, { amount: asked, wanted, isGift }: TopUpScreen, key: string): string {
  const amount = t.money(asked)
  if (!wanted) return t(key, { amount })
  const title = textIn(wanted.title, t.language)
  const what = { title: isGift ? t.plain('gift-name', { title }) : title, price: t.money(wanted.price) }
  return t(`${key}-for`, { ...what, amount })
}

export const topUpMethodsView = (t: Translator, screen: TopUpScreen): View => ({
  text:
    screen.methods.length === 0
      ? t('top-up-none')
      : [titleOf(t, screen, 'top-up-methods'), ...exactLines(t, screen.methods)].join('\n\n'),
  keyboard: [
    ...screen.methods.map((method) => [payButton(t, method, screen)]),
    [openBalance.button(t.plain('back'), {})],
    [menuButton(t)],
  ],
})

const payButton = (
  t: Translator,
  method: TopUpScreen['methods'][number],
  { amount, plan, isGift, request }: TopUpScreen,
) => {
  const label = methodName(t, { ...method, percent: 0 })
  const of = { minor: amount.minor.toString(), method: methodIdOf(method), request }
  return isGift && plan ? payGiftTopUp.button(label, { ...of, plan }) : payTopUp.button(label, { ...of, plan })
}

export function topUpView(
  t: Translator,
  result: Exclude<StartTopUpResult, { readonly kind: 'needs_email' | 'needs_terms' }>,
  screen: TopUpScreen,
): View {
  if ((result.kind === 'price_changed' || result.kind === 'code_in_invoice') && screen.plan)
    return promoRefusedView(t, result, { planId: screen.plan, ...(screen.isGift && { again: chooseGift }) })
  if (result.kind !== 'invoice') {
    const text = t('top-up-failed', { kind: result.kind })
    return { ...topUpMethodsView(t, screen), text }
  }
  const amount = t.money(screen.amount)
  return {
    text: [
      [titleOf(t, screen, 'top-up-invoice'), ...quoteLines(t, screen.quote)].join('\n'),
      t(screen.isGift ? 'top-up-then-gift' : screen.plan ? 'top-up-then-buys' : 'top-up-then-waits'),
      t('invoice-until', { until: t.dateTime(result.expiresAt) }),
    ].join('\n\n'),
    keyboard: [
      [{ text: t.plain('invoice-pay', { price: amount }), url: result.url }],
      [checkPayment.button(t.plain('invoice-check'), { payment: result.paymentId })],
      [leaveTopUp.button(t.plain('balance-open'), { to: 'balance' })],
      [leaveTopUp.button(t.plain('to-menu'), { to: 'menu' })],
    ],
  }
}

export function boughtView(t: Translator, result: BuyFromBalanceResult, plan: PlanId): View {
  switch (result.kind) {
    case 'bought':
      return {
        text: t('balance-bought'),
        keyboard: [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
      }
    case 'short':
      return {
        text: t('balance-short', { missing: t.money(result.missing) }),
        keyboard: [
          [
            chooseTopUp.button(
              t.plain('balance-add', { missing: t.money(result.missing) }),
              { minor: result.missing.minor.toString(), plan },
              'primary',
            ),
          ],
          [openPlans.button(t.plain('back'), {})],
          [menuButton(t)],
        ],
      }
    case 'price_changed':
    case 'code_in_invoice':
      return promoRefusedView(t, result, { planId: plan })
    case 'already_paid':
    case 'banned':
    case 'plan_gone':
    case 'no_room':
      return {
        text: t('balance-refused', { kind: result.kind }),
        keyboard: [
          ...(result.kind === 'banned' ? [] : [[openPlans.button(t.plain('menu-buy'), {})]]),
          [openSupport.button(t.plain('menu-support'), {})],
          [menuButton(t)],
        ],
      }
  }
}
