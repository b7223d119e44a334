import type { SubscriptionSummary } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { statusLine } from '../subscription/views.ts'

type MenuKeyboard = View['keyboard']

/** The menu's screen; `hello` replaces its title right after `/start`. */
export const menuView = (
  t: Translator,
  data: { readonly summary: SubscriptionSummary | null; readonly keyboard: MenuKeyboard; readonly hello?: string },
): View => ({
  text: `${data.hello ?? t('menu-title')}\n\n${statusLine(t, data.summary)}`,
  keyboard: data.keyboard,
})
