import { toHtml } from '../text/to-html.ts'
import type { Chat, Message } from '../world/chat.ts'
import type { Change } from '../world/history.ts'
import type { MediaKind } from '../world/message.ts'
import type { InlineButton, WireReaction } from '../world/wire.ts'

export interface SeenButton {
  readonly text: string
  readonly kind: 'callback' | 'url' | 'web-app' | 'copy' | 'pay' | 'other'
  /** Callback data, address or text to copy; null for `pay` and `other`. */
  readonly value: string | null
  readonly style: string | null
}

export interface SeenMedia {
  readonly kind: MediaKind
  /** Where the People API serves the bytes. */
  readonly url: string
  readonly fileKey: string
  readonly name: string
  readonly mimeType: string
  readonly size: number
  readonly width: number | null
  readonly height: number | null
  readonly duration: number | null
}

/** A message as a messenger would draw it. */
export interface SeenMessage {
  readonly id: number
  readonly chat: number | string
  readonly topic: number | null
  readonly from: {
    readonly id: number
    readonly name: string
    readonly username: string | null
    readonly isBot: boolean
  }
  readonly isMine: boolean
  /** ISO 8601, by the simulator's clock. */
  readonly at: string
  readonly editedAt: string | null
  /** Text or caption; empty where there is none. */
  readonly text: string
  /** The same with its formatting, safe to put into a page. */
  readonly html: string
  readonly media: SeenMedia | null
  readonly buttons: readonly (readonly SeenButton[])[]
  readonly replyTo: number | null
  readonly albumId: string | null
  readonly forwardedFrom: string | null
  /** A service message's or an invoice's one field, e.g. `{ forum_topic_closed: {} }`. */
  readonly body: Readonly<Record<string, unknown>> | null
  readonly reactions: readonly string[]
}

export interface SeenChange {
  readonly seq: number
  readonly kind: Change<Message>['kind']
  readonly message: SeenMessage
}

/** How the person calls this chat: a group's id, or `@username` of the bot. */
export const refOf = (chat: Chat): number | string => (chat.kind === 'private' ? `@${chat.bot.user.username}` : chat.id)

export const toSeenChange = ({ seq, kind, message }: Change<Message>, personId: number): SeenChange => ({
  seq,
  kind,
  message: toSeen(message, personId),
})

export function toSeen(message: Message, personId: number): SeenMessage {
  const { from, text = '', entities } = message
  return {
    id: message.id,
    chat: refOf(message.chat),
    topic: message.topicId ?? null,
    from: { id: from.id, name: fullName(from), username: from.username ?? null, isBot: from.is_bot },
    isMine: from.id === personId,
    at: isoOf(message.date),
    editedAt: message.editDate === undefined ? null : isoOf(message.editDate),
    text,
    html: toHtml(text, entities),
    media: seenMedia(message),
    buttons: message.markup?.inline_keyboard.map((row) => row.map(toSeenButton)) ?? [],
    replyTo: message.replyToId ?? null,
    albumId: message.albumId ?? null,
    forwardedFrom: originName(message),
    body: message.body ?? null,
    reactions: [...(message.reactions?.values() ?? [])].flat().map(emojiOf),
  }
}

export function toSeenButton(button: InlineButton): SeenButton {
  const { style = null } = button
  const as = (kind: SeenButton['kind'], value: string | null): SeenButton => ({ text: button.text, kind, value, style })
  if ('callback_data' in button) return as('callback', button.callback_data)
  if ('url' in button) return as('url', button.url)
  if ('web_app' in button) return as('web-app', button.web_app.url)
  if ('copy_text' in button) return as('copy', button.copy_text.text)
  return as('pay' in button ? 'pay' : 'other', null)
}

function seenMedia({ media }: Message): SeenMedia | null {
  if (!media) return null
  const { kind, file, width = null, height = null, duration = null } = media
  const { key, name, mimeType, bytes } = file
  return {
    kind,
    url: `/people/files/${key}`,
    fileKey: key,
    name,
    mimeType,
    size: bytes.length,
    width,
    height,
    duration,
  }
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString()

const fullName = (user: Message['from']): string => [user.first_name, user.last_name].filter(Boolean).join(' ')

function originName({ forwardOrigin }: Message): string | null {
  if (forwardOrigin?.type === 'channel') return forwardOrigin.chat.title
  return forwardOrigin?.type === 'user' ? forwardOrigin.sender_user.first_name : null
}

const emojiOf = (reaction: WireReaction): string => (reaction.type === 'emoji' ? reaction.emoji : '')
