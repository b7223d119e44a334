import type { Translator, View } from '@vpn-kiosk/telegram'
import type { InlineKeyboardButton } from 'grammy/types'
import { menuButton } from '../menu/callbacks.ts'

/** Opens the support bot: `support` is its user name. */
export const supportLink = (t: Translator, support: string): InlineKeyboardButton => ({
  text: t.plain('support-write'),
  url: `https://t.me/${support}?start=client`,
})

export const supportView = (t: Translator, support: string | null): View => ({
  text: support ? t('support-screen') : t('support-away'),
  keyboard: [...(support ? [[supportLink(t, support)]] : []), [menuButton(t)]],
})
