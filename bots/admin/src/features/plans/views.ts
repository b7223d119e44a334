import { moneyFromDecimal, textIn } from '@vpn-kiosk/domain'
import type { PlanDraft, StaffPlan } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { openAddons } from '../addons/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import {
  askPlanField,
  createPlan,
  liftTrafficLimit,
  openPlan,
  openPlans,
  sellUnlimited,
  setPlanFlag,
  startPlan,
  stepBack,
} from './callbacks.ts'
import { fieldsOf, type PlanTextField, titleFieldsIn, titleLanguageOf, writtenPrices } from './fields.ts'
import type { NewPlan } from './new-plan.ts'

const titleOf = (t: Translator, title: StaffPlan['title']): string => textIn(title, t.language)

const markOf = ({ isTrial, isActive, isPopular }: StaffPlan): string =>
  !isActive ? '🙈' : isTrial ? '🎁' : isPopular ? '⭐️' : '🟢'

export function plansView(t: Translator, plans: readonly StaffPlan[]): View {
  const rows = plans.map((plan) => {
    const price = plan.price.minor === 0n ? '' : ` — ${t.money(plan.price)}`
    return [openPlan.button(bounded(`${markOf(plan)} ${titleOf(t, plan.title)}${price}`, 60), { plan: plan.id })]
  })
  return {
    text: t('plans-title', { count: plans.length }),
    keyboard: [
      ...rows,
      [startPlan.button(t.plain('plan-new'), {})],
      [openAddons.button(t.plain('addons-open'), {})],
      menuRow(t),
    ],
  }
}

const trafficOf = (t: Translator, bytes: bigint | null): string =>
  bytes === null ? t.plain('plan-unlimited') : t.bytes(bytes)

export function planView(t: Translator, plan: StaffPlan, note: string | null): View {
  const lines = [
    t('plan-title', { mark: markOf(plan), title: titleOf(t, plan.title) }),
    ...t.languages
      .filter((language) => language !== t.language)
      .map((language) =>
        t('plan-title-in', { language: t.languageName(language), title: plan.title[language] ?? '—' }),
      ),
    ...(plan.isTrial ? [t('plan-is-trial')] : []),
    plan.price.minor === 0n ? t('plan-free') : t('plan-price', { price: t.money(plan.price) }),
    ...(plan.otherPrices.length > 0 ? [t('plan-prices', { prices: plan.otherPrices.map(t.money).join(' · ') })] : []),
    ...(plan.isTrial ? [] : [t('plan-days', { days: plan.days })]),
    t('plan-limits', { devices: plan.deviceLimit, traffic: trafficOf(t, plan.trafficLimitBytes) }),
    ...(plan.isTrial ? [] : [t('plan-position', { position: plan.position })]),
    t('plan-state', { state: !plan.isActive ? 'hidden' : plan.isPopular ? 'popular' : 'on' }),
  ]
  return {
    text: [note ?? '', lines.join('\n'), t('plan-hint')].filter(Boolean).join('\n\n'),
    keyboard: [
      ...pairs(
        fieldsOf(plan, t.languages).map((field) =>
          askPlanField.button(said(t, 'plan-field', field), { plan: plan.id, field }),
        ),
      ),
      ...(plan.isTrial ? [] : [flagsOf(t, plan)]),
      [openPlans.button(t.plain('back'), {}), ...menuRow(t)],
    ],
  }
}

/** A field's label or question; a title's names its language. */
function said(t: Translator, key: string, field: PlanTextField): string {
  const language = titleLanguageOf(field)
  return language ? t.plain(`${key}-title`, { language: t.languageName(language) }) : t.plain(`${key}-${field}`)
}

const flagsOf = (t: Translator, { id: plan, isActive, isPopular }: StaffPlan): Keyboard[number] => [
  setPlanFlag.button(t.plain(isActive ? 'plan-hide' : 'plan-sell'), { plan, flag: 'isActive', on: !isActive }),
  setPlanFlag.button(t.plain(isPopular ? 'plan-unmark' : 'plan-mark'), { plan, flag: 'isPopular', on: !isPopular }),
]

/** Only a trial may be free. */
const askOf = (t: Translator, { isTrial }: StaffPlan, field: PlanTextField): string =>
  isTrial && field === 'price' ? t('plan-ask-trial-price') : said(t, 'plan-ask', field)

function pairs(buttons: Keyboard[number]): Keyboard {
  return buttons.flatMap((_, index) => (index % 2 === 0 ? [buttons.slice(index, index + 2)] : []))
}

function nowOf(t: Translator, plan: StaffPlan, field: PlanTextField): string {
  switch (field) {
    case 'price':
      return t.money(plan.price)
    case 'prices':
      return (
        writtenPrices(plan)
          .map(({ price, currency }) => `${price} ${currency}`)
          .join(', ') || '—'
      )
    case 'days':
      return String(plan.days)
    case 'devices':
      return String(plan.deviceLimit)
    case 'traffic':
      return trafficOf(t, plan.trafficLimitBytes)
    case 'position':
      return String(plan.position)
    default:
      return plan.title[titleLanguageOf(field) ?? t.language] ?? '—'
  }
}

export function planFieldView(t: Translator, plan: StaffPlan, field: PlanTextField, problem: string | null): View {
  const free =
    field === 'traffic' && plan.trafficLimitBytes !== null
      ? [[liftTrafficLimit.button(t.plain('plan-unlimited-button'), { plan: plan.id })]]
      : []
  return {
    text: [problem ?? '', askOf(t, plan, field), t('field-now', { value: nowOf(t, plan, field) })]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [...free, [openPlan.button(t.plain('cancel'), { plan: plan.id })]],
  }
}

/** The question that a new plan waits for. */
export function newPlanView(t: Translator, plan: NewPlan, problem: string | null): View {
  const unlimited = plan.step === 'traffic' ? [[sellUnlimited.button(t.plain('plan-unlimited-button'), {})]] : []
  return {
    text: [problem ?? '', t('plan-new-title'), plan.step === 'confirm' ? '' : said(t, 'plan-ask', plan.step)]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [
      ...unlimited,
      [
        ...(plan.step === titleFieldsIn(t.languages)[0] ? [] : [stepBack.button(t.plain('back'), {})]),
        openPlans.button(t.plain('cancel'), {}),
      ],
    ],
  }
}

export function confirmPlanView(t: Translator, requestId: string, draft: PlanDraft): View {
  return {
    text: t('plan-confirm', {
      titles: t.languages.map((language) => draft.title[language] ?? '—').join(' · '),
      days: draft.days,
      price: t.money(moneyFromDecimal(draft.price, draft.currency)),
      devices: draft.devices,
      traffic:
        draft.trafficGigabytes === null
          ? t.plain('plan-unlimited')
          : t.bytes(BigInt(draft.trafficGigabytes) * 1024n ** 3n),
    }),
    keyboard: [
      [createPlan.button(t.plain('plan-create'), { request: requestId }, 'primary')],
      [stepBack.button(t.plain('back'), {}), openPlans.button(t.plain('cancel'), {})],
    ],
  }
}
