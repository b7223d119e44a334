import { Composer, type Context, type MiddlewareFn } from 'grammy'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { unlessFailed } from './api-errors.ts'
import type { BotContext } from './context.ts'
import { contentOf } from './message-content.ts'

/**
 * Which updates must not overlap: those of one chat (in a forum: of one topic) and those of one person. A checkout
 * question has ten seconds and so waits for nobody.
 *
 * @example
 * bot.use(sequentialize(orderKeys))
 */
export function orderKeys(ctx: Context): string[] {
  if (ctx.preCheckoutQuery || ctx.shippingQuery) return []
  const topic = ctx.msg?.is_topic_message ? `:${ctx.msg.message_thread_id}` : ''
  const keys: string[] = []
  if (ctx.chatId !== undefined) keys.push(`chat:${ctx.chatId}${topic}`)
  if (ctx.from) keys.push(`person:${ctx.from.id}`)
  return keys
}

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

export interface ThrottleOptions {
  /** So many updates (30) … */
  readonly points?: number
  /** … in so many seconds (10): an album of ten pictures is ten updates. */
  readonly seconds?: number
  /** Separates the bots in one Redis. */
  readonly prefix: string
  readonly redis?: Redis | null | undefined
}

/**
 * Drops one person's flood. The first dropped message of a window gets a sentence, the rest silence; every dropped
 * button is answered. When Redis fails, counts in memory.
 *
 * @example
 * bot.use(throttlePerPerson({ points: 20, seconds: 10, prefix: 'client', redis }))
 */
export function throttlePerPerson<C extends BotContext>(options: ThrottleOptions): MiddlewareFn<C> {
  const points = options.points ?? 30
  const limits = { points, duration: options.seconds ?? 10, keyPrefix: `flood:${options.prefix}` }
  const memory = new RateLimiterMemory(limits)
  const limiter = options.redis
    ? new RateLimiterRedis({ ...limits, storeClient: options.redis, insuranceLimiter: memory })
    : memory
  return async (ctx, next) => {
    // A payment is never dropped, and what an outage made begin anew was counted already.
    if (!ctx.from || ctx.preCheckoutQuery || ctx.message?.successful_payment || ctx.attempt > 0) return next()
    const refusal = await limiter.consume(ctx.from.id).then(
      () => null,
      (reason: unknown) => reason,
    )
    if (refusal === null) return next()
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    if (ctx.callbackQuery) await ctx.answerCallbackQuery({ text: ctx.t.plain('too-fast') })
    else if (ctx.message && refusal.consumedPoints === points + 1)
      await ctx.reply(ctx.t('too-fast'), { parse_mode: 'HTML' })
  }
}
