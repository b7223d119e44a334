import { type BotBase, type BotContext, createBot, throttlePerPerson, unhandledFeature } from '@vpn-kiosk/telegram'
import type { Bot } from 'grammy'
import type { CustomerContext } from './context.ts'
import { answersFeature } from './features/answers/feature.ts'
import { greetingFeature } from './features/greeting/feature.ts'
import { inboxFeature } from './features/inbox/feature.ts'
import { rolesFeature } from './features/roles/feature.ts'
import { createRefuse } from './features/roles/refuse.ts'
import { ticketFeature } from './features/ticket/feature.ts'
import { recognize } from './recognize.ts'
import { adoptTopics } from './relay/adopt-topic.ts'
import { createRelay, type Relay, type RelayOptions } from './relay/relay.ts'

export interface SupportBotOptions extends BotBase, Omit<RelayOptions, 'api' | 'botId'> {
  /** Null or absent: flood limits live in this process. */
  readonly redis?: Parameters<typeof throttlePerPerson>[0]['redis']
}

/** So many messages a minute from one person: the whole support group takes no more. */
const perMinute = 20

/** The support bot, top to bottom: private chats are the customers', one group is the agents', nothing else counts. */
export function createSupportBot(options: SupportBotOptions): { bot: Bot<CustomerContext>; relay: Relay } {
  const { shop, redis, groupId, translations, logger } = options
  const bot = createBot<CustomerContext>({
    ...options,
    resolveLanguage: (ctx) => (ctx.chatId === groupId ? shop.policy.defaultLanguage : null),
  })
  const relay = createRelay({ ...options, api: bot.api, botId: () => bot.botInfo.id, translations, logger })

  const customers = bot.chatType('private')
  customers.use(throttlePerPerson({ prefix: 'support', points: perMinute, seconds: 60, redis }), recognize(shop))
  customers.use(greetingFeature(shop), inboxFeature({ shop, relay }), unhandledFeature())

  const agents = bot.filter((ctx: BotContext) => ctx.chatId === groupId)
  agents.use(adoptTopics({ shop, supportGroup: relay.supportGroup, api: bot.api }))
  const refuse = createRefuse(shop, relay.supportGroup)
  agents.use(
    rolesFeature(shop),
    ticketFeature({ shop, supportGroup: relay.supportGroup, refuse }),
    answersFeature({ shop, relay, refuse }),
  )
  agents.on('my_chat_member', () => relay.sweep())
  agents.use(unhandledFeature())
  return { bot, relay }
}
