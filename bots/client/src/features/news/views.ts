import type { Keyboard, Translator } from '@vpn-kiosk/telegram'
import { switchNews } from './callbacks.ts'

/** Under a broadcast: the way out, or back in. */
export const newsKeyboard = (t: Translator, { isOn }: { readonly isOn: boolean }): Keyboard => [
  [switchNews.button(t.plain(isOn ? 'news-stop' : 'news-again'), { on: !isOn })],
]
