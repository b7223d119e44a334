import { notificationSwitches } from '@vpn-kiosk/domain'
import { choiceField, defineCallback, flagField } from '@vpn-kiosk/telegram'

export const openNotifications = defineCallback('told', {})
export const switchNotification = defineCallback('told-set', {
  which: choiceField(notificationSwitches),
  on: flagField(),
})
