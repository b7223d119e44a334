import type { IncomingMessage } from '@vpn-kiosk/shop'
import { contentOf } from '@vpn-kiosk/telegram'
import type { Message } from 'grammy/types'

/** What a person put into a message; null for Telegram's own news (a pin, a join, a topic closed). */
export function readMessage(message: Message, botId: number): IncomingMessage | null {
  const kind = contentOf(message)
  if (kind === null) return null
  return {
    chatId: message.chat.id,
    botId,
    sourceMessageId: message.message_id,
    kind,
    // A zero byte is the one character that Postgres takes in no text.
    text: (message.text ?? message.caption)?.replaceAll('\u0000', '') ?? null,
    albumId: message.media_group_id ?? null,
    replyToId: replyOf(message),
  }
}

/** In a topic, a message that answers nothing still "answers" the topic's first one. */
function replyOf(message: Message): number | null {
  const replyTo = message.reply_to_message?.message_id
  return replyTo === undefined || replyTo === message.message_thread_id ? null : replyTo
}
