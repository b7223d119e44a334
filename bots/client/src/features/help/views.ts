import type { Translator, View } from '@vpn-kiosk/telegram'
import { systemButtons } from '../key/views.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openNotifications } from '../notification-settings/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { openTerms } from '../terms/callbacks.ts'

export const helpView = (t: Translator): View => ({
  text: t('help-screen'),
  keyboard: [
    ...systemButtons(t),
    [openNotifications.button(t.plain('notification-settings-open'), {})],
    [openTerms.button(t.plain('terms-open'), {})],
    [openSupport.button(t.plain('menu-support'), {})],
    [menuButton(t)],
  ],
})
