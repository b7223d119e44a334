import type { Translator, View } from '@vpn-kiosk/telegram'
import { menuButton } from '../menu/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'

export const nonsenseView = (t: Translator): View => ({
  text: t('nonsense'),
  keyboard: [[menuButton(t)], [openSupport.button(t.plain('menu-support'), {})]],
})
