import { defineCallback, intField } from '@vpn-kiosk/telegram'

export const openFreeze = defineCallback('freeze', {})
/** `end`: the end that was shown, in minutes since 1970. It moves with each freeze, so an old button does nothing. */
export const freeze = defineCallback('freeze-yes', { end: intField() })
export const unfreeze = defineCallback('unfreeze', { end: intField() })
