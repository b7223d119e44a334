import { defineCallback, idField, intField } from '@vpn-kiosk/telegram'

export const openPlanSwitches = defineCallback('switches', {})
export const choosePlanSwitch = defineCallback('switch', { plan: idField('plan') })
/** `end`: the end that was shown, in minutes since 1970. Nothing else is agreed to. */
export const confirmPlanSwitch = defineCallback('switch-yes', { plan: idField('plan'), end: intField() })
