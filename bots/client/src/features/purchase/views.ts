import { type Plan, type ProviderId, savingPercent } from '@vpn-kiosk/domain'
import type { StartPurchaseResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { menuButton } from '../menu/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { checkPayment, choosePayment, choosePlan, openPlans } from './callbacks.ts'

/** A plan's name in the customer's language. */
export const titleOf = (t: Translator, title: Plan['title']): string => (t.language === 'en' ? title.en : title.ru)

/** A provider that no locale knows yet is called by its id. */
export const providerLabel = (t: Translator, id: ProviderId): string =>
  t.has(`provider-${id}`) ? t.plain(`provider-${id}`) : id

export function plansView(t: Translator, plans: readonly Plan[], isRunning: boolean): View {
  const shortest = plans.reduce<Plan | null>((least, plan) => (least && least.days <= plan.days ? least : plan), null)
  if (!shortest) return { text: t('plans-none'), keyboard: [[menuButton(t)]] }
  const lines = plans.map((plan) => planLine(t, plan, savingPercent(plan, shortest)))
  const title = t(isRunning ? 'plans-title-renew' : 'plans-title')
  return {
    text: [title, ...lines].join('\n\n'),
    keyboard: [...plans.map((plan) => [planButton(t, plan, savingPercent(plan, shortest))]), [menuButton(t)]],
  }
}

function planLine(t: Translator, plan: Plan, saving: number): string {
  const traffic = plan.trafficLimitBytes === null ? t('plans-unlimited') : t.bytes(plan.trafficLimitBytes)
  const name = t('plans-line', { title: titleOf(t, plan.title), price: t.money(plan.price) })
  const marks = [
    ...(plan.isPopular ? [t('plans-popular')] : []),
    ...(saving > 0 ? [t('plans-saving', { percent: saving })] : []),
  ]
  return [name, ...marks].join(' · ').concat('\n', t('plans-limits', { devices: plan.deviceLimit, traffic }))
}

const planButton = (t: Translator, plan: Plan, saving: number) => {
  const label = t.plain('plans-button', { title: titleOf(t, plan.title), price: t.money(plan.price) })
  const mark = plan.isPopular ? '🔥 ' : ''
  const tail = saving > 0 ? ` · −${saving}%` : ''
  return choosePlan.button(`${mark}${label}${tail}`, { plan: plan.id }, plan.isPopular ? 'primary' : undefined)
}

/** How to pay; `failed` was tried just now and did not answer. */
export function methodsView(
  t: Translator,
  data: { readonly plan: Plan; readonly providers: readonly ProviderId[]; readonly failed?: ProviderId },
): View {
  const { plan, failed } = data
  const rows = data.providers
    .filter((provider) => provider !== failed)
    .map((provider) => [choosePayment.button(providerLabel(t, provider), { plan: plan.id, provider })])
  const retry = failed ? [[choosePayment.button(t.plain('pay-retry'), { plan: plan.id, provider: failed })]] : []
  const order = { title: titleOf(t, plan.title), price: t.money(plan.price) }
  const down = failed
    ? t(rows.length > 0 ? 'pay-down-choose' : 'pay-down', { method: providerLabel(t, failed) })
    : undefined
  return { text: down ?? t('pay-methods', order), keyboard: [...rows, ...retry, ...backToPlans(t)] }
}

export function purchaseView(t: Translator, result: StartPurchaseResult, providers: readonly ProviderId[]): View {
  switch (result.kind) {
    case 'invoice':
      return invoiceView(t, result)
    case 'provider_unavailable':
      return methodsView(t, { plan: result.plan, providers, failed: result.providerId })
    case 'plan_gone':
      return { text: t('plan-gone'), keyboard: backToPlans(t) }
    case 'provider_gone':
      return { text: t('provider-gone'), keyboard: backToPlans(t) }
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
  }
}

function invoiceView(t: Translator, invoice: StartPurchaseResult & { kind: 'invoice' }): View {
  const price = t.money(invoice.plan.price)
  return {
    text: t('invoice', {
      title: titleOf(t, invoice.plan.title),
      price,
      method: providerLabel(t, invoice.providerId),
      until: t.dateTime(invoice.expiresAt),
    }),
    keyboard: [
      [{ text: t.plain('invoice-pay', { price }), url: invoice.url }],
      [checkPayment.button(t.plain('invoice-check'), { payment: invoice.paymentId })],
      [choosePlan.button(t.plain('invoice-other'), { plan: invoice.plan.id })],
      [menuButton(t)],
    ],
  }
}

const backToPlans = (t: Translator): Keyboard => [[openPlans.button(t.plain('back'), {})]]
