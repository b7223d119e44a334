import type { Translator, View } from '@vpn-kiosk/telegram'
import { openPayments } from '../history/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'

export const paySupportView = (t: Translator): View => ({
  text: t('pay-support'),
  keyboard: [
    [openSupport.button(t.plain('menu-support'), {}, 'primary')],
    [openPayments.button(t.plain('history-open'), { olderThan: null })],
    [menuButton(t)],
  ],
})
