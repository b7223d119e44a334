import { choiceField, defineCallback, flagField, idField, requestField, wordField } from '@vpn-kiosk/telegram'

export const openPlans = defineCallback('plans', {})
export const openPlan = defineCallback('plan', { plan: idField('plan') })
export const askPlanField = defineCallback('plan-ask', { plan: idField('plan'), field: wordField() })
export const setPlanFlag = defineCallback('plan-flag', {
  plan: idField('plan'),
  flag: choiceField(['isActive', 'isPopular']),
  on: flagField(),
})
export const liftTrafficLimit = defineCallback('plan-free', { plan: idField('plan') })
export const startPlan = defineCallback('plan-new', {})
/** In the questions about a new plan. */
export const stepBack = defineCallback('plan-back', {})
export const sellUnlimited = defineCallback('plan-all', {})
/** `request` names the plan that is made: pressed again, it makes no other. */
export const createPlan = defineCallback('plan-make', { request: requestField() })

/** Buttons that go on with what was begun: the others leave it. */
const goingOn = [stepBack, sellUnlimited, createPlan, liftTrafficLimit]

export const isPlanButton = (data: string | undefined): boolean => goingOn.some((button) => button.parse(data) !== null)
