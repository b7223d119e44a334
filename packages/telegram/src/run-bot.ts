import type { Bot, BotError } from 'grammy'
import type { Update } from 'grammy/types'
import { unlessFailed } from './api-errors.ts'
import type { BotContext } from './context.ts'
import type { Logger } from './logger.ts'
import { createPoller } from './poller.ts'

export type UpdateKind = Exclude<keyof Update, 'update_id'>

export interface RunBotOptions {
  /** What Telegram should send. Omitting a kind loses it silently; see `defaultUpdates`. */
  readonly allowedUpdates?: readonly UpdateKind[]
  /** Removes a webhook left over from elsewhere, without which polling can't start (true). Pending updates are kept. */
  readonly dropWebhook?: boolean
  /** How long `stop` waits for handlers (7 s: a process has 10 s to leave). */
  readonly drainMs?: number
  /** Telegram keeps an empty request open this long (25 s). */
  readonly longPollSeconds?: number
  readonly logger: Logger
}

export interface RunningBot {
  /** Stops fetching, drains, confirms what was handled. */
  close(): Promise<void>
  /** Settles after `stop`; rejects when the bot can't go on, e.g. its token was revoked. */
  readonly finished: Promise<void>
  /** Updates being handled now. */
  size(): number
}

/** Messages, buttons, edits (for mirrored tickets), blocks and unblocks. */
export const defaultUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'pre_checkout_query',
] as const satisfies readonly UpdateKind[]

/**
 * Runs a bot by long polling, at least once for each update (see `createPoller`). Resolves when it is polling.
 *
 * @example
 * const running = await runBot(bot, { logger })
 * process.once('SIGTERM', () => running.close())
 */
export async function runBot<C extends BotContext>(bot: Bot<C>, options: RunBotOptions): Promise<RunningBot> {
  await initialised(bot, options.logger)
  // Should this fail, polling meets the conflict and removes the webhook then.
  if (options.dropWebhook !== false) await unlessFailed(['unknown_outcome', 'too_many'], () => bot.api.deleteWebhook())
  const allowed = options.allowedUpdates ?? defaultUpdates
  const poller = createPoller({
    // The signal's type is that of a polyfill; only its abort event is used.
    fetch: (args, signal) =>
      bot.api.getUpdates({ ...args, allowed_updates: allowed }, signal as Parameters<typeof bot.api.getUpdates>[1]),
    handle: (update) =>
      bot
        .handleUpdate(update)
        .catch((error: BotError<C>) => bot.errorHandler(error))
        .then(
          () => undefined,
          (error: unknown) => {
            options.logger.error({ updateId: update.update_id, error: String(error) }, 'The error boundary failed')
          },
        ),
    removeWebhook: () => bot.api.deleteWebhook(),
    logger: options.logger,
    longPollSeconds: options.longPollSeconds ?? 25,
  })
  const finished = poller.run()
  // Whoever awaits `finished` sees the failure; unobserved, it must not end the process.
  finished.catch(() => {})
  return { close: () => poller.close(options.drainMs ?? 7_000), finished, size: () => poller.size() }
}

/** `getMe`, repeated by grammY until somebody answers: an unreachable Telegram is waited for, and said so (O1). */
async function initialised<C extends BotContext>(bot: Bot<C>, logger: Logger): Promise<void> {
  const timer = setInterval(() => logger.warn({}, 'The Bot API does not answer yet, waiting'), 5_000)
  try {
    await bot.init()
  } finally {
    clearInterval(timer)
  }
}
