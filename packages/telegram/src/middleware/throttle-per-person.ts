import type { MiddlewareFn } from 'grammy'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { BotContext } from '../context.ts'

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
