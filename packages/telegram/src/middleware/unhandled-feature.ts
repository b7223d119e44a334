import { Composer } from 'grammy'
import type { BotContext } from '../context.ts'
import { contentOf } from '../message-content.ts'

export interface UnhandledOptions<C extends BotContext> {
  /** Shows where the person may go on from, e.g. the main menu; said after the polite sentence. */
  readonly show?: (ctx: C) => Promise<unknown>
}

/**
 * The last feature: a button nobody knows and a private message nobody understood get a polite answer.
 *
 * @example
 * bot.use(features, unhandledFeature({ show: main.show() }))
 */
export function unhandledFeature<C extends BotContext>(options: UnhandledOptions<C> = {}): Composer<C> {
  const feature = new Composer<C>()
  feature.on('callback_query', async (ctx) => {
    await ctx.answerCallbackQuery({ text: ctx.t.plain('button-outdated') })
    if (ctx.chat?.type === 'private') await options.show?.(ctx)
  })
  feature.chatType('private').on('message', async (ctx) => {
    if (contentOf(ctx.message) === null) return
    await ctx.reply(ctx.t('not-understood'), { parse_mode: 'HTML' })
    await options.show?.(ctx)
  })
  return feature
}
