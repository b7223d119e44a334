import { choiceField, defineCallback, idField, intField } from '@vpn-kiosk/telegram'

export const openStaff = defineCallback('staff', {})
export const askStaff = defineCallback('staff-add', { role: choiceField(['admin', 'support']) })
export const addTyped = defineCallback('staff-yes', { role: choiceField(['admin', 'support']), person: intField() })
export const askRemoval = defineCallback('staff-ask', { staff: idField('staff') })
export const removeStaff = defineCallback('staff-del', { staff: idField('staff') })
