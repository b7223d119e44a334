import { setTimeout as sleep } from 'node:timers/promises'
import type { MiddlewareFn } from 'grammy'
import type { Update } from 'grammy/types'
import { defineCallback, intField } from './callback.ts'
import type { BotContext } from './context.ts'
import type { Logger } from './logger.ts'

export interface OutlastOptions<C extends BotContext> {
  /** Does this failure mean that something all of us need (the database) can't be reached for now? */
  readonly isOutage: (error: unknown) => boolean
  /** Handles the update of a context once more, from the top. */
  readonly run: (ctx: C) => Promise<unknown>
  readonly createContext: (update: Update) => C
  /** Pauses before an update is handled once more (8 s together: a restart of Postgres takes 2 to 4). */
  readonly delaysMs?: readonly number[] | undefined
  readonly logger: Logger
}

const defaultDelaysMs = [500, 1_000, 2_000, 2_000, 2_500]
/** Updates that a "repeat" button may still ask for; the oldest are forgotten, and the button is outdated then. */
const remembered = 1_000

const repeatButton = defineCallback('repeat', { update: intField() })

/**
 * Waits for an outage to end instead of apologising for it: an update that met one is handled again after a pause, as
 * it is after a crash, so verbs are asked the same thing twice and do it once. When the outage lasts, the person gets a
 * button that repeats what they wanted.
 */
export function outlast<C extends BotContext>(options: OutlastOptions<C>): MiddlewareFn<C> {
  const { isOutage, run, createContext, logger, delaysMs = defaultDelaysMs } = options
  const missed = new Map<number, Update>()

  const offerRepeat = async (ctx: C): Promise<void> => {
    const { update } = ctx
    if (!ctx.callbackQuery) missed.set(update.update_id, update)
    const oldest = missed.size > remembered ? missed.keys().next().value : undefined
    if (oldest !== undefined) missed.delete(oldest)
    const data = ctx.callbackQuery?.data ?? repeatButton.pack({ update: update.update_id })
    const topic = ctx.msg?.is_topic_message ? ctx.msg.message_thread_id : undefined
    await ctx.reply(ctx.t('error-outage'), {
      parse_mode: 'HTML',
      ...(topic === undefined ? {} : { message_thread_id: topic }),
      reply_markup: { inline_keyboard: [[{ text: ctx.t.plain('error-outage-repeat'), callback_data: data }]] },
    })
  }
  const persist = async (ctx: C, first: () => Promise<unknown>): Promise<void> => {
    let attempt = first
    let used = ctx
    for (let failures = 0; ; failures++) {
      try {
        await attempt()
        ctx.isAnswered ||= used.isAnswered
        return
      } catch (error) {
        ctx.isAnswered ||= used.isAnswered
        if (!isOutage(error)) throw error
        const delayMs = delaysMs[failures]
        if (delayMs === undefined) {
          if (!isAsked(ctx)) throw error
          logger.warn(
            { updateId: ctx.update.update_id, error: String(error) },
            'The outage lasts: a repeat was offered',
          )
          return offerRepeat(ctx)
        }
        await sleep(delayMs)
        // A context that was used holds a session already, and takes no second one.
        const again = createContext(ctx.update)
        again.attempt = ctx.attempt + failures + 1
        again.isAnswered = ctx.isAnswered
        used = again
        attempt = () => run(again)
      }
    }
  }
  return async (ctx, next) => {
    if (ctx.attempt > 0) return next()
    const update = missed.get(repeatButton.parse(ctx.callbackQuery?.data)?.update ?? -1)
    if (!update) return persist(ctx, next)
    missed.delete(update.update_id)
    const again = createContext(update)
    // It has its place in the order of updates already: the button's.
    again.attempt = 1
    await ctx.answerCallbackQuery()
    await ctx.deleteMessage().catch(() => {})
    return persist(again, () => run(again))
  }
}

/** Somebody waits for an answer: in private, or an agent in a topic. The talk of a group is none of it. */
const isAsked = (ctx: BotContext): boolean =>
  (ctx.msg !== undefined || ctx.callbackQuery !== undefined) &&
  (ctx.chat?.type === 'private' || ctx.msg?.is_topic_message === true)
