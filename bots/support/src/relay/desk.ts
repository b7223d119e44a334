import type { TicketCustomer } from '@vpn-kiosk/shop'
import {
  type ApiFailureKind,
  classifyApiError,
  type Logger,
  sendView,
  type Translations,
  type Translator,
  unlessFailed,
  type View,
} from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import type { SupportShop } from '../context.ts'
import { cardView } from '../features/desk/views.ts'

export interface DeskDeps {
  readonly api: Api
  readonly shop: SupportShop
  /** The forum supergroup of the agents. */
  readonly groupId: number
  readonly translations: Translations
  readonly logger: Logger
}

/** The agents' side: what is said and done in the topics besides mirroring. Nothing here fails what called it. */
export interface Desk {
  /** The agents' language is the shop's. */
  readonly t: Translator
  say(topicId: number | null, view: View, replyTo?: number): Promise<void>
  showCard(topicId: number): Promise<void>
  openTopic(topicId: number | null): Promise<void>
  closeTopic(topicId: number | null): Promise<void>
  tellCustomer(customer: TicketCustomer, view: (t: Translator) => View): Promise<void>
}

/** Whatever Telegram answers, the ticket's own state is stored already. */
const bearable: readonly ApiFailureKind[] = [
  'not_modified',
  'thread_missing',
  'blocked',
  'chat_missing',
  'unknown_outcome',
]

export function createDesk({ api, shop, groupId, translations, logger }: DeskDeps): Desk {
  const t = translations.translatorFor(shop.policy.defaultLanguage)
  const attempt = async (what: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await unlessFailed(bearable, call)
    } catch (error) {
      const { kind, description } = classifyApiError(error)
      logger.warn({ kind, reason: description }, `could not ${what}`)
    }
  }
  const say: Desk['say'] = async (topicId, view, replyTo) => {
    if (topicId === null) return
    await attempt('write to a topic', () => sendView(api, groupId, view, { threadId: topicId, replyTo }))
  }
  return {
    t,
    say,
    showCard: async (topicId) => {
      const card = await shop.seeTicketCard({ topicId })
      if (card) await say(topicId, cardView(t, card))
    },
    openTopic: async (topicId) => {
      if (topicId !== null) await attempt('reopen a topic', () => api.reopenForumTopic(groupId, topicId))
    },
    closeTopic: async (topicId) => {
      if (topicId !== null) await attempt('close a topic', () => api.closeForumTopic(groupId, topicId))
    },
    tellCustomer: (customer, view) =>
      attempt('write to a customer', () =>
        sendView(api, Number(customer.telegramId), view(translations.translatorFor(customer.language))),
      ),
  }
}
