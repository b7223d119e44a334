import type { PlanChange, PlanDraft, StaffPlan } from '@vpn-kiosk/shop'
import { type PlanTextField, readField } from './fields.ts'

/** The questions about a new plan, in order; then it is shown and confirmed. */
const newPlanSteps = ['title-ru', 'title-en', 'days', 'price', 'devices', 'traffic'] as const
export type NewPlanStep = (typeof newPlanSteps)[number] | 'confirm'

/** What was answered so far. */
export interface NewPlan {
  readonly kind: 'new_plan'
  readonly requestId: string
  readonly step: NewPlanStep
  readonly values: PlanChange
}

export const beginPlan = (requestId: string): NewPlan => ({ kind: 'new_plan', requestId, step: 'title-ru', values: {} })

const order: readonly NewPlanStep[] = [...newPlanSteps, 'confirm']

const next = (step: NewPlanStep): NewPlanStep => order[order.indexOf(step) + 1] ?? 'confirm'

export const goBack = (plan: NewPlan): NewPlan | null => {
  const at = order.indexOf(plan.step)
  return at <= 0 ? null : { ...plan, step: order[at - 1]! }
}

export const withValues = (plan: NewPlan, values: PlanChange): NewPlan => ({
  ...plan,
  values: { ...plan.values, ...values },
  step: next(plan.step),
})

/** The plan with one more answer, or why the text is none. */
export function answer(plan: NewPlan, text: string, currency: PlanDraft['currency']) {
  if (plan.step === 'confirm') return null
  const field: PlanTextField = plan.step
  return readField(field, text, { currency, title: plan.values.title ?? { ru: '', en: '' } })
}

/** Null while something is missing. A new plan is not on sale yet, and the last in the list. */
export function draftOf({ requestId, values }: NewPlan, others: readonly StaffPlan[]): PlanDraft | null {
  const { title, days, price, devices, trafficGigabytes } = values
  if (!title || days === undefined || price === undefined || devices === undefined || trafficGigabytes === undefined)
    return null
  const position = Math.min(1000, Math.max(0, ...others.map((plan) => plan.position)) + 1)
  const currency = currencyOf(others)
  const state = { isActive: false, isPopular: false, position, code: codeOf(requestId), currency }
  return { ...state, title, days, price, devices, trafficGigabytes }
}

export const codeOf = (requestId: string): string => `plan-${requestId}`

/** A shop sells in one currency. */
export const currencyOf = (plans: readonly StaffPlan[]): PlanDraft['currency'] =>
  plans.find(({ isTrial }) => !isTrial)?.price.currency ?? 'RUB'
