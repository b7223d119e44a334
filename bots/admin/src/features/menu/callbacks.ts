import { defineCallback, type Keyboard, type Translator } from '@vpn-kiosk/telegram'

export const openMenu = defineCallback('menu', {})

/** The way back that every screen has. */
export const menuRow = (t: Translator): Keyboard[number] => [openMenu.button(t.plain('to-menu'), {})]
