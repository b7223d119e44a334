import type { Shop } from '@vpn-kiosk/shop'
import type { MiddlewareFn } from 'grammy'
import type { AdminContext } from './context.ts'

/** Asks for the role with every update. A stranger gets one polite sentence, which says nothing of what is behind it. */
export function onlyStaff(shop: Pick<Shop, 'findRole'>): MiddlewareFn<AdminContext> {
  return async (ctx, next) => {
    if (!ctx.from || ctx.from.is_bot) return
    const actor = BigInt(ctx.from.id)
    const role = await shop.findRole(actor)
    if (role !== null) {
      ctx.actor = actor
      ctx.role = role
      return next()
    }
    if (ctx.callbackQuery) await ctx.answerCallbackQuery({ text: ctx.t.plain('stranger') })
    else if (ctx.message) await ctx.reply(ctx.t('stranger'), { parse_mode: 'HTML' })
  }
}
