import type { Message } from 'grammy/types'

/**
 * Which chat a message names: a post forwarded from it, `@name`, a link to it or to one of its posts, or its id. Null when
 * it names none; `invitation` is a private link, of which nobody can tell where it leads.
 */
export function readChannel(message: Pick<Message, 'text' | 'forward_origin'>): string | 'invitation' | null {
  const { forward_origin: origin } = message
  if (origin?.type === 'channel') return String(origin.chat.id)
  if (origin?.type === 'chat') return String(origin.sender_chat.id)
  const text = message.text?.trim() ?? ''
  const path = /^(?:https?:\/\/)?(?:www\.)?t(?:elegram)?\.me\/(\S{1,100})$/i.exec(text)?.[1] ?? text
  if (/^(?:\+|joinchat\/)/.test(path)) return 'invitation'
  const inside = /^c\/(\d{5,14})(?:\/|$)/.exec(path)?.[1]
  if (inside) return `-100${inside}`
  if (/^-100\d{5,14}$/.test(text)) return text
  const name = /^@?([A-Za-z]\w{3,31})(?:\/\d*)?$/.exec(path)?.[1]
  return name ? `@${name}` : null
}
