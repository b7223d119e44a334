import type { Message } from 'grammy/types'

export type ReadPerson =
  | { readonly kind: 'person'; readonly telegramId: bigint; readonly name: string }
  /** A number or `@name` written by hand, in which a slip of the finger names somebody else. */
  | { readonly kind: 'typed'; readonly text: string }
  /** Forwarded from somebody whose privacy settings hide who they are. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'nobody' }

/** Whom a message names: the author of what was forwarded, a shared contact, or what was typed by hand. */
export function readPerson({ forward_origin: origin, contact, text }: Message): ReadPerson {
  if (origin?.type === 'user') {
    const { id, first_name: first, last_name: last, is_bot: isBot } = origin.sender_user
    return isBot ? { kind: 'nobody' } : { kind: 'person', telegramId: BigInt(id), name: join(first, last) }
  }
  if (origin?.type === 'hidden_user') return { kind: 'hidden' }
  if (contact?.user_id !== undefined)
    return { kind: 'person', telegramId: BigInt(contact.user_id), name: join(contact.first_name, contact.last_name) }
  const typed = text?.trim() ?? ''
  return /^(?:[1-9]\d{4,15}|@\w{4,32})$/.test(typed) ? { kind: 'typed', text: typed } : { kind: 'nobody' }
}

const join = (first: string, last: string | undefined): string => [first, last].filter(Boolean).join(' ')
