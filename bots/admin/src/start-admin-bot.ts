import type { Clock } from '@vpn-kiosk/domain'
import type { Queue, Shop } from '@vpn-kiosk/shop'
import {
  type BotBase,
  introduceBot,
  type Logger,
  type RunningBot,
  runBot,
  type SessionOptions,
} from '@vpn-kiosk/telegram'
import { createAdminBot } from './bot.ts'
import type { AdminSession } from './context.ts'
import { keepProgress, type ProgressKeeper } from './features/broadcast/keep-progress.ts'
import { lookUpChannel } from './look-up-channel.ts'
import { startTellingStaff } from './notifications/start-telling-staff.ts'
import { watchDatabase } from './outage/watch-database.ts'
import { adminProfile } from './profile.ts'
import { loadTranslations } from './translations.ts'

export interface AdminBotDeps {
  readonly shop: Shop
  readonly queue: Pick<Queue, 'work'>
  readonly logger: Logger
  readonly clock: Clock
  readonly redis: SessionOptions<AdminSession>['redis']
  readonly token: string
  /** Of the client bot, which looks up the channels that the shop requires; null where it is not known here. */
  readonly clientToken: string | null
  /** Another Bot API server, without a slash at its end. */
  readonly apiRoot?: string | undefined
  /** One for each token; a simulator may allow more. */
  readonly budget?: BotBase['budget']
  readonly outage?: BotBase['outage']
}

/**
 * Starts the admin bot: leaves its name for the other bots, publishes its commands, answers staff and tells them what
 * waits in the queue, and the owners of a database that is away. Resolves when it works; the queue is closed by whoever opened it.
 */
export async function startAdminBot(deps: AdminBotDeps): Promise<RunningBot> {
  const { shop, queue, logger, clock, redis, token, clientToken, apiRoot, budget, outage } = deps
  const translations = loadTranslations(shop.policy, { logger })
  let progress: ProgressKeeper | null = null
  const onWatch = () => progress?.ring()
  const base = { translations, redis, token, apiRoot, budget, outage, logger }
  const lookUp = clientToken ? lookUpChannel(clientToken, apiRoot) : undefined
  const bot = createAdminBot({ ...base, shop, onWatch, lookUpChannel: lookUp })
  await bot.init()
  await introduceBot(bot, { name: 'admin', profile: adminProfile(translations), facts: shop, logger })
  const outageWatch = await watchDatabase({ shop, api: bot.api, translations, logger, clock })
  const running = await runBot(bot, { logger, allowedUpdates: ['message', 'callback_query'] })
  const speaking = { shop, api: bot.api, botId: BigInt(bot.botInfo.id), translations, logger }
  const teller = startTellingStaff(speaking)
  const keeper = keepProgress(speaking)
  progress = keeper
  await queue.work('tell-staff', teller.take)
  return {
    ...running,
    close: async () => {
      await Promise.all([outageWatch.close(), teller.close(), keeper.close(), running.close()])
    },
  }
}
