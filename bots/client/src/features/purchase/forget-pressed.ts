import type { Shop } from '@vpn-kiosk/shop'
import type { ShownAt } from '@vpn-kiosk/telegram'
import type { ClientContext } from '../../context.ts'

/** A message of this bot, as the shop remembers it. */
export const placeOf = (ctx: ClientContext, shown: ShownAt) => ({ botId: ctx.me.id, ...shown })

/** The pressed message showed an invoice and is about to show something else: nobody edits it any more. */
export async function forgetPressed(shop: Pick<Shop, 'forgetInvoiceMessage'>, ctx: ClientContext): Promise<void> {
  const message = ctx.callbackQuery?.message
  if (!message) return
  await shop.forgetInvoiceMessage(placeOf(ctx, { chatId: message.chat.id, messageId: message.message_id }))
}
