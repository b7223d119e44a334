import type { Shop } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { AdminContext } from '../../context.ts'

/** A message in which a button is pressed shows something else from now on: nobody edits a progress into it. */
export function leaveProgress(shop: Pick<Shop, 'unwatchMessage'>): MiddlewareFn<AdminContext> {
  return async (ctx, next) => {
    const message = ctx.callbackQuery?.message
    if (message)
      await shop.unwatchMessage({
        botId: BigInt(ctx.me.id),
        chatId: BigInt(message.chat.id),
        messageId: message.message_id,
      })
    await next()
  }
}
