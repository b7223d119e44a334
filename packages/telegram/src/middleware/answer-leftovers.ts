import type { MiddlewareFn } from 'grammy'
import { unlessFailed } from '../api-errors.ts'
import type { BotContext } from '../context.ts'

/**
 * Answers a pressed button that no feature has answered, so that its spinner stops.
 *
 * @example
 * bot.use(answerLeftovers())
 */
export function answerLeftovers<C extends BotContext>(): MiddlewareFn<C> {
  return async (ctx, next) => {
    await next()
    if (ctx.callbackQuery && !ctx.isAnswered) await unlessFailed(['unknown_outcome'], () => ctx.answerCallbackQuery())
  }
}
