import { addMs, equalMoney, type Money, type Plan, type PlanDiscount } from '@vpn-kiosk/domain'
import type { HeldPromo } from '@vpn-kiosk/shop'
import type { Translator } from '@vpn-kiosk/telegram'

/** A sentence with a plan's price; where something is off, `<key>-off` names the list price too. */
export function withPrice(
  t: Translator,
  key: string,
  plan: Plan,
  { price = plan.price, ...words }: { readonly title: string; readonly price?: Money; readonly method?: string },
): string {
  const shown = { ...words, price: t.money(price) }
  const isOff = plan.discount && equalMoney(price, plan.price)
  return isOff ? t(`${key}-off`, { ...shown, list: t.money(plan.discount.list.price) }) : t(key, shown)
}

/** Hours end at a minute, everything else with a day. */
const untilOf = (t: Translator, endsAt: Date, cause: PlanDiscount['cause']): string =>
  cause === 'happy_hours'
    ? t('discount-until', { until: t.dateTime(endsAt) })
    : t('discount-last-day', { day: t.date(addMs(endsAt, -1)) })

/** Why something is off these plans, and until when: a line for each reason. */
export function discountLines(t: Translator, plans: readonly Plan[]): string[] {
  const lines = plans.flatMap(({ discount }) => {
    if (!discount) return []
    const { cause, code, endsAt } = discount
    const until = endsAt ? [untilOf(t, endsAt, cause)] : []
    return [[t('discount-cause', { cause, code: code ?? '' }).trim(), ...until].join(' · ')]
  })
  return [...new Set(lines)]
}

/** What keeps the code that the customer has entered from this plan's price; nothing where it makes the price. */
export function heldPromoLines(t: Translator, plan: Plan, held: HeldPromo | null): string[] {
  if (!held || plan.discount?.code === held.code) return []
  const isForOthers = held.plans !== null && !held.plans.includes(plan.id)
  const why = held.standing === 'valid' ? (isForOthers ? 'other_plans' : 'weaker') : held.standing
  return [t('discount-not-used', { why, code: held.code })]
}
