import { defineCallback, type Translator } from '@vpn-kiosk/telegram'
import type { InlineKeyboardButton } from 'grammy/types'

export const openMenu = defineCallback('menu', {})

/** The way back from every screen. */
export const menuButton = (t: Translator): InlineKeyboardButton => openMenu.button(t.plain('to-menu'), {})
