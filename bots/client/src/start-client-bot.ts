import type { Queue, Shop } from '@vpn-kiosk/shop'
import {
  type BotBase,
  introduceBot,
  type Logger,
  type RunningBot,
  runBot,
  type SessionOptions,
} from '@vpn-kiosk/telegram'
import { type ClientBotOptions, createClientBot } from './bot.ts'
import { startBroadcasts } from './broadcast/index.ts'
import type { ClientSession } from './context.ts'
import { followProfile } from './follow-profile.ts'
import { completeKeyMessage } from './notifications/complete-key-message.ts'
import { editInvoiceMessages } from './notifications/edit-invoice-messages.ts'
import { tellCustomer } from './notifications/tell-customer.ts'
import { clientProfile, type PromisedTrial } from './profile.ts'
import { loadTranslations } from './translations.ts'

export interface ClientBotDeps {
  readonly shop: Shop
  readonly queue: Pick<Queue, 'work'>
  readonly logger: Logger
  readonly redis: SessionOptions<ClientSession>['redis']
  readonly token: string
  /** Another Bot API server, without a slash at its end. */
  readonly apiRoot?: string | undefined
  /** One for each token; a simulator may allow more. */
  readonly budget?: BotBase['budget']
  readonly outage?: BotBase['outage']
  /** How much one person may do before they are asked to slow down; a measurement allows more. */
  readonly flood?: ClientBotOptions['flood']
}

const profileEveryMs = 60_000

/** `chat_member`: who joins and leaves the channels that the shop requires. */
const allowedUpdates = [
  'message',
  'callback_query',
  'my_chat_member',
  'chat_member',
  'pre_checkout_query',
  'subscription',
] as const

/**
 * Starts the client bot: leaves its name for the other bots, publishes its commands, answers people, tells
 * customers what waits in the queue and sends broadcasts. Resolves when it works. `stop` drains what people asked and
 * the messages on their way; the queue is closed by whoever opened it.
 */
export async function startClientBot(deps: ClientBotDeps): Promise<RunningBot> {
  const { shop, queue, logger, redis, token, apiRoot, budget, flood, outage } = deps
  const translations = loadTranslations(shop.policy, { logger })
  const bot = createClientBot({ shop, translations, redis, token, apiRoot, budget, flood, outage, logger })
  await bot.init()
  const introduce = (promises: { readonly trial: PromisedTrial }) =>
    introduceBot(bot, { name: 'client', profile: clientProfile(translations, promises), facts: shop, logger })
  const look = followProfile({ shop, publish: introduce, logger })
  await look()
  const looking = setInterval(look, profileEveryMs)
  const running = await runBot(bot, { logger, allowedUpdates })
  const telling = { shop, api: bot.api, botId: bot.botInfo.id, translations }
  await queue.work('tell-customer', tellCustomer({ ...telling, botName: bot.botInfo.username, logger }), {
    workers: 2,
    urgentWorkers: 2,
    batch: 5,
  })
  await queue.work('edit-invoice-messages', editInvoiceMessages(telling), { batch: 5 })
  await queue.work('complete-key-message', completeKeyMessage(telling), { batch: 5 })
  const broadcasts = await startBroadcasts({ shop, queue, api: bot.api, translations, logger })
  return {
    ...running,
    close: async () => {
      clearInterval(looking)
      await Promise.all([broadcasts.close(), running.close()])
    },
  }
}
