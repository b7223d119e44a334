import type { TicketId } from '@vpn-kiosk/domain'
import type { Actor, SupportGroupPlace, TicketCustomer } from '@vpn-kiosk/shop'
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
import type { InlineKeyboardButton } from 'grammy/types'
import type { SupportShop } from '../context.ts'
import { cardView } from '../features/ticket/views.ts'

export interface SupportGroupDeps {
  readonly api: Api
  readonly shop: SupportShop
  /** The forum supergroup of the agents. */
  readonly groupId: number
  /** Known after the bot's `init`. */
  readonly botId: () => number
  readonly translations: Translations
  readonly logger: Logger
}

/** The agents' side: what is said and done in the topics besides mirroring. Nothing here fails what called it. */
export interface SupportGroup {
  /** The agents' language is the shop's. */
  readonly t: Translator
  /** The group of now and the bot of now: topics and messages of others don't exist here. */
  place(): SupportGroupPlace
  /** In the ticket's topic, if it has one in this group. */
  say(ticketId: TicketId, view: View, replyTo?: number): Promise<void>
  sayIn(topicId: number, view: View, replyTo?: number): Promise<void>
  /** A new card, which takes the buttons from the one before it. */
  showCard(topicId: number, actor: Actor): Promise<'shown' | 'unknown' | 'forbidden'>
  /** Makes the ticket's card true again, unless it is the message `except`, which was just pressed. */
  refreshCard(ticketId: TicketId, except?: number): Promise<void>
  openTopic(ticketId: TicketId): Promise<void>
  closeTopic(ticketId: TicketId): Promise<void>
  tellCustomer(customer: TicketCustomer, view: (t: Translator) => View): Promise<void>
}

/** Whatever Telegram answers, the ticket's own state is stored already. */
const bearable: readonly ApiFailureKind[] = [
  'not_modified',
  'gone',
  'thread_missing',
  'blocked',
  'chat_missing',
  'unknown_outcome',
]

const noButtons: InlineKeyboardButton[][] = []

export function createSupportGroup({
  api,
  shop,
  groupId,
  botId,
  translations,
  logger,
}: SupportGroupDeps): SupportGroup {
  const t = translations.translatorFor(shop.policy.defaultLanguage)
  const attempt = async <T>(what: string, call: () => Promise<T>): Promise<T | null> => {
    try {
      return await unlessFailed(bearable, call)
    } catch (error) {
      const { kind, description } = classifyApiError(error)
      logger.warn({ kind, reason: description }, `Could not ${what}`)
      return null
    }
  }
  const send = (topicId: number, view: View, replyTo?: number) =>
    attempt('write to a topic', () => sendView(api, groupId, view, { threadId: topicId, replyTo }))
  const inTopic = async (ticketId: TicketId, act: (topicId: number) => Promise<unknown>): Promise<void> => {
    const topicId = await shop.findTopic(ticketId, groupId)
    if (topicId !== null) await act(topicId)
  }
  return {
    t,
    place: () => ({ groupId, botId: botId() }),
    say: (ticketId, view, replyTo) => inTopic(ticketId, (topicId) => send(topicId, view, replyTo)),
    sayIn: async (topicId, view, replyTo) => void (await send(topicId, view, replyTo)),
    showCard: async (topicId, actor) => {
      const topic = { chatId: groupId, topicId }
      const seen = await shop.getTicketCard(topic, actor)
      if (seen.kind === 'forbidden') return 'forbidden'
      if (!seen.value) return 'unknown'
      const shown = await send(topicId, cardView(t, seen.value))
      const before = shown && (await shop.noteCard(topic, shown.message_id))
      if (before !== null)
        await attempt('retire a card', () =>
          api.editMessageReplyMarkup(groupId, before, { reply_markup: { inline_keyboard: noButtons } }),
        )
      return 'shown'
    },
    refreshCard: async (ticketId, except) => {
      const messageId = await shop.findCard(ticketId, groupId)
      if (messageId === null || messageId === except) return
      const seen = await shop.getTicketCard({ ticketId }, 'operator')
      if (seen.kind === 'forbidden' || !seen.value) return
      const { text, keyboard } = cardView(t, seen.value)
      await attempt('refresh a card', () =>
        api.editMessageText(groupId, messageId, text, {
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: keyboard as InlineKeyboardButton[][] },
        }),
      )
    },
    openTopic: (ticketId) =>
      inTopic(ticketId, (topicId) => attempt('reopen a topic', () => api.reopenForumTopic(groupId, topicId))),
    closeTopic: (ticketId) =>
      inTopic(ticketId, (topicId) => attempt('close a topic', () => api.closeForumTopic(groupId, topicId))),
    tellCustomer: async (customer, view) =>
      void (await attempt('write to a customer', () =>
        sendView(api, Number(customer.telegramId), view(translations.translatorFor(customer.language))),
      )),
  }
}
