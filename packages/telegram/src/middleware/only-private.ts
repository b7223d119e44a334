import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '../context.ts'

/**
 * Lets updates of private chats through; in a group a command gets one sentence, everything else silence.
 *
 * @example
 * bot.use(onlyPrivate(), features)
 */
export function onlyPrivate<C extends BotContext>(): MiddlewareFn<C> {
  return async (ctx, next) => {
    if (ctx.chat === undefined || ctx.chat.type === 'private') return next()
    if (ctx.callbackQuery) await ctx.answerCallbackQuery({ text: ctx.t.plain('only-private') })
    else if (ctx.message?.entities?.some((entity) => entity.type === 'bot_command' && entity.offset === 0))
      await ctx.reply(ctx.t('only-private'))
  }
}
