import type { Translator, View } from '@vpn-kiosk/telegram'

export const languageView = (t: Translator, keyboard: View['keyboard']): View => ({
  text: t('language-screen'),
  keyboard,
})
