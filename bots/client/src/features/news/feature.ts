import type { Shop } from '@vpn-kiosk/shop'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { switchNews } from './callbacks.ts'
import { newsKeyboard } from './views.ts'

/** The broadcast stays as it is: only its button changes. */
export function newsFeature(shop: Pick<Shop, 'switchNotifications'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  switchNews.handle(feature, async (ctx, { on: isOn }) => {
    await shop.switchNotifications(ctx.customer.id, { news: isOn, offers: isOn })
    await ctx.answerCallbackQuery({ text: ctx.t.plain(isOn ? 'news-are-on' : 'news-are-off'), show_alert: true })
    const inline_keyboard = newsKeyboard(ctx.t, { isOn }).map((row) => [...row])
    // Pressed twice at once, the second press finds nothing to change.
    await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard } }).catch(() => {})
  })
  return feature
}
