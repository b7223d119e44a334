import type { Shop } from '@vpn-kiosk/shop'
import {
  type BotBase,
  createBot,
  onlyPrivate,
  type SessionOptions,
  type ThrottleOptions,
  type Translations,
  throttlePerPerson,
  unhandledFeature,
} from '@vpn-kiosk/telegram'
import type { Bot } from 'grammy'
import type { ClientContext, ClientSession } from './context.ts'
import { addonsFeature } from './features/addons/feature.ts'
import { balanceFeature } from './features/balance/feature.ts'
import { bannedFeature } from './features/banned/feature.ts'
import { channelsFeature, membersFeature } from './features/channels/feature.ts'
import { knowChannels } from './features/channels/know-channels.ts'
import { createMembership } from './features/channels/membership.ts'
import { devicesFeature } from './features/devices/feature.ts'
import { freezeFeature } from './features/freeze/feature.ts'
import { giftFeature } from './features/gift/feature.ts'
import { helpFeature } from './features/help/feature.ts'
import { historyFeature } from './features/history/feature.ts'
import { keyFeature } from './features/key/feature.ts'
import { languageFeature } from './features/language/feature.ts'
import { createMainMenu, menuFeature } from './features/menu/feature.ts'
import { newsFeature } from './features/news/feature.ts'
import { notificationSettingsFeature } from './features/notification-settings/feature.ts'
import { promoFeature } from './features/promo/feature.ts'
import { purchaseFeature } from './features/purchase/feature.ts'
import { receiptFeature } from './features/receipt/feature.ts'
import { referralFeature } from './features/referral/feature.ts'
import { renewalFeature } from './features/renewal/feature.ts'
import { paySupportFeature, starsFeature } from './features/stars/feature.ts'
import { startFeature } from './features/start/feature.ts'
import { subscriptionFeature } from './features/subscription/feature.ts'
import { supportFeature } from './features/support/feature.ts'
import { switchPlanFeature } from './features/switch-plan/feature.ts'
import { agreeingFeature, termsFeature } from './features/terms/feature.ts'
import { trialFeature } from './features/trial/feature.ts'
import { nonsenseFeature } from './features/unhandled/feature.ts'
import { unreachableFeature } from './features/unreachable/feature.ts'
import { leaveDialog, recognize } from './recognize.ts'

export interface ClientBotOptions extends BotBase {
  readonly shop: Shop
  readonly translations: Translations
  /** Null or absent: dialogs and flood limits live in this process. */
  readonly redis?: SessionOptions<ClientSession>['redis']
  readonly flood?: Pick<ThrottleOptions, 'points' | 'seconds'> | undefined
  /** How long to wait between two looks for a device's file; tests own it. */
  readonly pause?: (ms: number) => Promise<void>
}

/** The client bot, top to bottom in the order in which an update meets it. */
export function createClientBot({ shop, redis, flood, pause, ...base }: ClientBotOptions): Bot<ClientContext> {
  const session = { initial: () => ({ dialog: null }), prefix: 'client', redis }
  const bot = createBot<ClientContext>({ ...base, session })
  const membership = createMembership({ shop, api: bot.api, nowMs: () => performance.now() })
  bot.use(starsFeature(shop), unreachableFeature(shop), membersFeature(shop, membership))
  bot.use(throttlePerPerson({ ...flood, prefix: 'client', redis }), onlyPrivate(), recognize(shop))
  bot.use(bannedFeature(shop), agreeingFeature(shop), leaveDialog, knowChannels(shop, membership))

  const main = createMainMenu(shop, base.translations)
  bot.use(main.menu)
  bot.use(startFeature(shop, main), menuFeature(main), trialFeature(shop), purchaseFeature(shop, main.show()))
  bot.use(
    subscriptionFeature(shop),
    switchPlanFeature(shop),
    keyFeature(shop),
    devicesFeature(shop, pause),
    referralFeature(shop),
  )
  bot.use(channelsFeature(shop), addonsFeature(shop, main.show()))
  bot.use(balanceFeature(shop, main.show()), promoFeature(shop), giftFeature(shop, main.show()))
  bot.use(historyFeature(shop), receiptFeature(shop), renewalFeature(shop), freezeFeature(shop))
  bot.use(languageFeature(main), newsFeature(shop), notificationSettingsFeature(shop))
  bot.use(helpFeature(), termsFeature(shop), supportFeature(shop), paySupportFeature())
  bot.use(nonsenseFeature(), unhandledFeature({ show: main.show() }))
  return bot
}
