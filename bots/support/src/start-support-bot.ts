import type { Shop } from '@vpn-kiosk/shop'
import {
  type BotBase,
  createPersistentBudget,
  createRateBudget,
  introduceBot,
  type Logger,
  type RunningBot,
  runBot,
} from '@vpn-kiosk/telegram'
import { createSupportBot, type SupportBotOptions } from './bot.ts'
import { checkGroup } from './check-group.ts'
import { supportProfile } from './profile.ts'
import type { Relay } from './relay/relay.ts'
import { loadTranslations } from './translations.ts'

export interface SupportBotDeps {
  readonly shop: Shop
  readonly logger: Logger
  readonly redis: SupportBotOptions['redis']
  readonly token: string
  /** Another Bot API server, without a slash at its end. */
  readonly apiRoot?: string | undefined
  /** The forum supergroup of the agents: whoever has a role that may answer tickets does so there. */
  readonly groupId: number
  /** One for each token; a simulator may allow more. */
  readonly budget?: BotBase['budget']
  readonly outage?: BotBase['outage']
  readonly albumQuietMs?: number | undefined
  /** How often what is owed is taken up again (60 s). */
  readonly sweepMs?: number | undefined
}

const drainMs = 3_000

/**
 * Starts the support bot: leaves its name for the other bots, publishes its commands, takes up what is still owed and
 * mirrors. Resolves when it works. A group that isn't as it should be is said in the log; messages wait for it.
 */
export async function startSupportBot(deps: SupportBotDeps): Promise<RunningBot> {
  const { shop, logger, groupId } = deps
  const translations = loadTranslations(shop.policy, { logger })
  const memory = {
    load: (chatId: number | string) => shop.recallSent('support', chatId),
    save: (chatId: number | string, agesMs: readonly number[]) => shop.rememberSent('support', chatId, agesMs),
  }
  const budget = deps.budget ?? createPersistentBudget(createRateBudget(), memory)
  const { bot, relay } = createSupportBot({ ...deps, budget, translations })
  await bot.init()
  // Before the name is left anew: it tells which bot wrote down what is still owed.
  await shop.adoptOwedMessages({ id: bot.botInfo.id, username: bot.botInfo.username })
  await introduceBot(bot, { name: 'support', profile: supportProfile(translations), facts: shop, logger })
  for (const problem of await checkGroup(bot.api, groupId, bot.botInfo.id)) logger.error({ groupId }, problem)
  const running = await runBot(bot, {
    logger,
    allowedUpdates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  })
  const endSweeps = sweepRegularly(relay, logger, deps.sweepMs ?? 60_000)
  return {
    ...running,
    close: async () => {
      await endSweeps()
      await running.close()
      await relay.close(drainMs)
    },
  }
}

/** Sweeps now and then regularly; what it returns ends that, and waits for a sweep under way. */
function sweepRegularly(relay: Relay, logger: Logger, everyMs: number): () => Promise<void> {
  let sweeping = Promise.resolve()
  const sweep = () => {
    sweeping = sweeping
      .then(() => relay.sweep())
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'Could not look for owed messages'))
  }
  sweep()
  const timer = setInterval(sweep, everyMs)
  return async () => {
    clearInterval(timer)
    await sweeping
  }
}
