import { addMs, type Plan, type PlanId } from '@vpn-kiosk/domain'
import type { RedeemPromoResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openBalance } from '../balance/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { choosePlan, openPlans } from '../purchase/callbacks.ts'
import { withPrice } from '../purchase/discount-lines.ts'
import { titleOf } from '../purchase/views.ts'
import { openSupport } from '../support/callbacks.ts'
import { askPromo, askPromoFor } from './callbacks.ts'

/** `planId`: of the purchase from which the question was asked. */
export const askView = (t: Translator, planId: PlanId | null): View => ({
  text: t('promo-ask'),
  keyboard: [...backTo(t, planId), [menuButton(t)]],
})

const backTo = (t: Translator, plan: PlanId | null): Keyboard =>
  plan ? [[choosePlan.button(t.plain('back'), { plan })]] : []

interface Shown {
  /** At the customer's prices. */
  readonly plans: readonly Plan[]
  /** Of the purchase that the code was entered for. */
  readonly planId: PlanId | null
}

export function redeemedView(t: Translator, result: RedeemPromoResult, { plans, planId }: Shown): View {
  switch (result.kind) {
    case 'days': {
      const until = result.endsAt ? t.date(result.endsAt) : ''
      return {
        text: t('promo-days', { days: result.days, until }),
        keyboard: [[openKey.button(t.plain('menu-key'), {})], ...backTo(t, planId), [menuButton(t)]],
      }
    }
    case 'balance':
      return {
        text: t('promo-balance', { amount: t.money(result.amount) }),
        keyboard: [[openBalance.button(t.plain('balance-open'), {})], ...backTo(t, planId), [menuButton(t)]],
      }
    case 'discount':
      return discountView(t, result, plans)
    case 'unknown':
      return {
        text: t('promo-refused', { kind: result.kind }),
        keyboard: [[againButton(t, planId)], ...backTo(t, planId), [menuButton(t)]],
      }
    case 'not_yet':
    case 'over':
    case 'used_up':
    case 'already_used':
    case 'newcomers_only':
    case 'banned':
      return {
        text: t('promo-refused', { kind: result.kind }),
        keyboard: [...backTo(t, planId), [openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
      }
  }
}

type Remembered = RedeemPromoResult & { readonly kind: 'discount' }

/** What a code takes off, in a sentence. */
export function discountWord(t: Translator, { code, size }: Remembered): string {
  const off = size.kind === 'percent' ? t.plain('promo-percent', { percent: size.percent }) : t.money(size.amount)
  return t('promo-discount', { code, off })
}

/** With what each plan costs now. */
function discountView(t: Translator, remembered: Remembered, plans: readonly Plan[]): View {
  const cheaper = plans.filter(({ discount }) => discount?.code === remembered.code)
  const lines = cheaper.map((plan) => withPrice(t, 'plans-line', plan, { title: titleOf(t, plan.title) }))
  const { endsAt } = remembered
  const text = [
    discountWord(t, remembered),
    lines.length > 0 ? lines.join('\n') : t('promo-no-cheaper'),
    endsAt ? t('promo-waits-until', { day: t.date(addMs(endsAt, -1)) }) : t('promo-waits'),
  ]
  return {
    text: text.join('\n\n'),
    keyboard: [[openPlans.button(t.plain('menu-buy'), {}, 'primary')], [menuButton(t)]],
  }
}

const againButton = (t: Translator, plan: PlanId | null) =>
  plan ? askPromoFor.button(t.plain('promo-again'), { plan }) : askPromo.button(t.plain('promo-again'), {})
