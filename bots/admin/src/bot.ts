import type { Shop } from '@vpn-kiosk/shop'
import {
  type BotBase,
  createBot,
  onlyPrivate,
  type SessionOptions,
  type Translations,
  throttlePerPerson,
  unhandledFeature,
} from '@vpn-kiosk/telegram'
import type { Bot } from 'grammy'
import type { AdminContext, AdminSession } from './context.ts'
import { createDialogMemory } from './dialog-memory.ts'
import { addServerFeature } from './features/add-server/feature.ts'
import { readDocument } from './features/add-server/read-document.ts'
import type { Wizard } from './features/add-server/wizard.ts'
import { addonsFeature } from './features/addons/feature.ts'
import { broadcastFeature } from './features/broadcast/feature.ts'
import { leaveProgress } from './features/broadcast/leave-progress.ts'
import { channelsFeature } from './features/channels/feature.ts'
import { customersFeature } from './features/customers/feature.ts'
import { dashboardFeature } from './features/dashboard/feature.ts'
import { discountsFeature } from './features/discounts/feature.ts'
import { editServerFeature } from './features/edit-server/feature.ts'
import type { PendingChange } from './features/edit-server/pending-change.ts'
import { invitationsFeature } from './features/invitations/feature.ts'
import { menuFeature, showMenu } from './features/menu/feature.ts'
import { paymentMethodsFeature } from './features/payment-methods/feature.ts'
import { paymentsFeature } from './features/payments/feature.ts'
import { plansFeature } from './features/plans/feature.ts'
import { promoFeature } from './features/promo/feature.ts'
import { refundsFeature } from './features/refunds/feature.ts'
import { reportFeature } from './features/report/feature.ts'
import { serversFeature } from './features/servers/feature.ts'
import { settingsFeature } from './features/settings/feature.ts'
import { staffFeature } from './features/staff/feature.ts'
import { termsFeature } from './features/terms/feature.ts'
import { webhooksFeature } from './features/webhooks/feature.ts'
import { fetchFile } from './fetch-file.ts'
import { leaveDialog } from './leave-dialog.ts'
import type { LookUpChannel } from './look-up-channel.ts'
import { noteLanguage } from './note-language.ts'
import { onlyStaff } from './only-staff.ts'
import { resumeNotifications } from './resume-notifications.ts'

export interface AdminBotOptions extends BotBase {
  readonly shop: Shop
  readonly translations: Translations
  /** Null or absent: dialogs and flood limits live in this process. */
  readonly redis?: SessionOptions<AdminSession>['redis']
  /** Hears that a message shows a running broadcast. */
  readonly onWatch?: (() => void) | undefined
  /** Asks Telegram as the client bot; absent where that bot has no token here. */
  readonly lookUpChannel?: LookUpChannel | undefined
}

/** The admin bot, top to bottom in the order in which an update meets it. */
export function createAdminBot({ shop, redis, onWatch, lookUpChannel, ...base }: AdminBotOptions): Bot<AdminContext> {
  const session = { initial: () => ({ dialog: null }), prefix: 'admin', redis }
  const bot = createBot<AdminContext>({ ...base, session })
  const wizards = createDialogMemory<Wizard>()
  const pending = createDialogMemory<PendingChange>()
  const { translations } = base
  const fetching = fetchFile(base)
  const reading = { readDocument: readDocument(fetching), translations }
  bot.use(
    throttlePerPerson({ prefix: 'admin', points: 60, redis }),
    onlyPrivate(),
    onlyStaff(shop),
    noteLanguage(shop),
    resumeNotifications(shop),
    leaveDialog([wizards, pending]),
    leaveProgress(shop),
  )
  bot.use(menuFeature(), dashboardFeature(shop), customersFeature(shop), paymentsFeature(shop))
  bot.use(refundsFeature(shop), webhooksFeature(shop), reportFeature(shop), promoFeature(shop), discountsFeature(shop))
  bot.use(
    plansFeature(shop),
    addonsFeature(shop),
    settingsFeature({ shop, fetchFile: fetching }),
    paymentMethodsFeature(shop),
  )
  bot.use(
    invitationsFeature(shop),
    termsFeature(shop),
    channelsFeature({ shop, lookUp: lookUpChannel ?? (async () => ({ kind: 'no_answer' })) }),
  )
  bot.use(serversFeature(shop), addServerFeature({ shop, wizards, ...reading }))
  bot.use(editServerFeature({ shop, pending, ...reading }))
  bot.use(broadcastFeature(shop, onWatch), staffFeature(shop))
  bot.use(unhandledFeature({ show: showMenu }))
  return bot
}
