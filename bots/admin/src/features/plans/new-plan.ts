import type { Language } from '@vpn-kiosk/domain'
import type { PlanChange, PlanDraft, StaffPlan } from '@vpn-kiosk/shop'
import { type PlanTextField, readField, titleFieldsIn } from './fields.ts'

export type NewPlanStep = Exclude<PlanTextField, 'position' | 'prices'> | 'confirm'

/** The questions about a new plan, in order; then it is shown and confirmed. */
const stepsIn = (languages: readonly Language[]): readonly NewPlanStep[] => [
  ...titleFieldsIn(languages),
  'days',
  'price',
  'devices',
  'traffic',
  'confirm',
]

/** What was answered so far. */
export interface NewPlan {
  readonly kind: 'new_plan'
  readonly requestId: string
  readonly step: NewPlanStep
  readonly values: PlanChange
}

export const beginPlan = (requestId: string, languages: readonly Language[]): NewPlan => ({
  kind: 'new_plan',
  requestId,
  step: stepsIn(languages)[0] ?? 'days',
  values: {},
})

/** Null before the first question. */
export const goBack = (plan: NewPlan, languages: readonly Language[]): NewPlan | null => {
  const steps = stepsIn(languages)
  const before = steps[steps.indexOf(plan.step) - 1]
  return before === undefined ? null : { ...plan, step: before }
}

export function withValues(plan: NewPlan, values: PlanChange, languages: readonly Language[]): NewPlan {
  const steps = stepsIn(languages)
  const step = steps[steps.indexOf(plan.step) + 1] ?? 'confirm'
  return { ...plan, values: { ...plan.values, ...values }, step }
}

/** The plan with one more answer, or why the text is none. */
export function answer(plan: NewPlan, text: string, currency: PlanDraft['currency']) {
  if (plan.step === 'confirm') return null
  const field: PlanTextField = plan.step
  return readField(field, text, { currency, isTrial: false, title: plan.values.title ?? {} })
}

/** Null while something is missing. A new plan is not on sale yet, and the last in the list. */
export function draftOf({ requestId, values }: NewPlan, others: readonly StaffPlan[]): PlanDraft | null {
  const { title, days, price, devices, trafficGigabytes } = values
  if (!title || days === undefined || price === undefined || devices === undefined || trafficGigabytes === undefined)
    return null
  const position = Math.min(1000, Math.max(0, ...others.map((plan) => plan.position)) + 1)
  const currency = currencyOf(others)
  const state = { isActive: false, isPopular: false, position, code: codeOf(requestId), currency }
  return { ...state, title, days, price, otherPrices: [], devices, trafficGigabytes }
}

export const codeOf = (requestId: string): string => `plan-${requestId}`

/** A shop sells in one currency. */
export const currencyOf = (plans: readonly StaffPlan[]): PlanDraft['currency'] =>
  plans.find(({ isTrial }) => !isTrial)?.price.currency ?? 'RUB'
