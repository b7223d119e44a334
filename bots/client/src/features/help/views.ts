import type { Translator, View } from '@vpn-kiosk/telegram'
import { systemButtons } from '../key/views.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'

export const helpView = (t: Translator): View => ({
  text: t('help-screen'),
  keyboard: [...systemButtons(t), [openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
})
