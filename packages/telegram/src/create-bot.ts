import { sequentialize } from '@grammyjs/runner'
import type { Translations } from '@vpn-kiosk/i18n'
import { Bot, type BotError, type SessionFlavor } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { classifyApiError } from './api-errors.ts'
import { botApiFetch } from './bot-api-fetch.ts'
import { BotContext } from './context.ts'
import type { Logger } from './logger.ts'
import { answerLeftovers } from './middleware/answer-leftovers.ts'
import { orderKeys } from './middleware/order-keys.ts'
import { type OutlastOptions, outlast } from './outlast.ts'
import { createRateBudget, type RateBudget } from './rate-budget.ts'
import { retrySafely } from './retry-safely.ts'
import { createSender } from './sender.ts'
import { personSession, type SessionOptions } from './session.ts'

type SessionOf<C> = C extends SessionFlavor<infer S> ? S : never

/** What every bot is built from; a test harness hands in the same (`BotBase`). */
export interface BotBase {
  readonly token: string
  /** Another Bot API server, without a slash at the end; the public one when absent. */
  readonly apiRoot?: string | undefined
  /** Known already: no `getMe` before the first update. */
  readonly botInfo?: UserFromGetMe | undefined
  readonly logger: Logger
  /** One for each token; pass it in when something else sends with the same token. */
  readonly budget?: RateBudget | undefined
  /** Which failures are an outage that is waited for; absent: none. */
  readonly outage?: Pick<OutlastOptions<BotContext>, 'isOutage' | 'delaysMs'> | undefined
}

export interface CreateBotOptions<C extends BotContext> extends BotBase {
  readonly translations: Translations
  /** The language the person chose, if any; else Telegram's `language_code` decides. Called for each update. */
  readonly resolveLanguage?: (ctx: C) => string | null | undefined | Promise<string | null | undefined>
  readonly session?: SessionOptions<SessionOf<C>>
}

const requestTimeoutSeconds = 60

/**
 * A bot with everything the three share: rate budget, safe repeats, order for each chat and person, language, session,
 * answered callback queries, an error boundary. Features come after: `bot.use(feature)`, `unhandledFeature` last.
 *
 * @example
 * const bot = createBot<ClientContext>({ token, logger, translations, session })
 * bot.use(startFeature(shop))
 */
export function createBot<C extends BotContext = BotContext>(options: CreateBotOptions<C>): Bot<C> {
  const bot = new Bot<C>(options.token, {
    // The type parameter adds what middleware sets on the context; the object is always a BotContext.
    ContextConstructor: BotContext as unknown as NonNullable<
      ConstructorParameters<typeof Bot<C>>[1]
    >['ContextConstructor'] & {},
    ...(options.botInfo ? { botInfo: options.botInfo } : {}),
    client: {
      fetch: botApiFetch,
      timeoutSeconds: requestTimeoutSeconds,
      ...(options.apiRoot ? { apiRoot: options.apiRoot } : {}),
    },
  })
  bot.api.config.use(retrySafely(), createSender(options.budget ?? createRateBudget()))
  bot.catch((error) => apologise(error, options.logger))
  const inOrder = sequentialize<C>(orderKeys)
  bot.use((ctx, next) => (ctx.attempt === 0 ? inOrder(ctx, next) : next()))
  bot.use(answerLeftovers())
  bot.use((ctx, next) => {
    ctx.useLanguage = (code) => {
      ctx.t = options.translations.translatorFor(code)
    }
    ctx.useLanguage(ctx.from?.language_code)
    return next()
  })
  if (options.outage)
    bot.use(
      outlast<C>({
        ...options.outage,
        run: async (ctx) => void (await bot.middleware()(ctx, () => Promise.resolve())),
        createContext: (update) => new BotContext(update, bot.api, bot.botInfo) as C,
        logger: options.logger,
      }),
    )
  bot.use(async (ctx, next) => {
    const chosen = options.resolveLanguage ? await options.resolveLanguage(ctx) : null
    if (chosen) ctx.useLanguage(chosen)
    await next()
  })
  if (options.session) bot.use(personSession<SessionOf<C>, C & SessionFlavor<SessionOf<C>>>(options.session) as never)
  return bot
}

/** The error boundary: logs what failed, without the update's content or the token, and tells the person. */
async function apologise<C extends BotContext>(failure: BotError<C>, logger: Logger): Promise<void> {
  const { ctx, error } = failure
  const { kind } = classifyApiError(error)
  const fields = {
    updateId: ctx.update.update_id,
    kind,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
  if (kind === 'blocked') return logger.info(fields, 'The person blocked the bot')
  logger.error(fields, 'A handler failed')
  try {
    if (ctx.callbackQuery && !ctx.isAnswered)
      await ctx.answerCallbackQuery({ text: ctx.t.plain('error-unexpected'), show_alert: true })
    else if (ctx.chat?.type === 'private') await ctx.reply(ctx.t('error-unexpected'), { parse_mode: 'HTML' })
  } catch (second) {
    logger.warn({ updateId: ctx.update.update_id, kind: classifyApiError(second).kind }, 'Could not apologise')
  }
}
