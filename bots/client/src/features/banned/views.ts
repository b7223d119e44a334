import type { Translator, View } from '@vpn-kiosk/telegram'
import { supportLink } from '../support/views.ts'

export const bannedView = (t: Translator, support: string | null): View => ({
  text: t('banned'),
  keyboard: support ? [[supportLink(t, support)]] : [],
})
