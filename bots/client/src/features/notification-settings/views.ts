import { notificationSwitches } from '@vpn-kiosk/domain'
import type { SwitchedNotifications } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { openHelp } from '../help/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { switchNotification } from './callbacks.ts'

/** A press on a line turns it over. */
export const notificationSettingsView = (t: Translator, switched: SwitchedNotifications): View => ({
  text: t('notification-settings'),
  keyboard: [
    ...notificationSwitches.map((which) => {
      const label = t.plain(`notification-settings-${which}`)
      const isOn = switched[which]
      return [switchNotification.button(`${isOn ? '✅' : '🔕'} ${label}`, { which, on: !isOn })]
    }),
    [openHelp.button(t.plain('back'), {})],
    [menuButton(t)],
  ],
})
