import type { Bot } from './bot.ts'
import type { History } from './history.ts'
import type { Member } from './members.ts'
import type { ReplyKeyboard } from './message.ts'
import type { Person } from './person.ts'
import type { Topic } from './topics.ts'
import type { WireChat } from './wire.ts'

interface ChatBase {
  /** The chat id as bots see it. */
  readonly id: number
  readonly history: History
  /** `chat_instance` of callback queries from this chat. */
  readonly instance: string
  /** Message ids, newest last. */
  pinned: number[]
}

/** One person and one bot. Message ids are the dialogue's own, so no two dialogues may be told apart by them. */
export interface PrivateChat extends ChatBase {
  readonly kind: 'private'
  readonly bot: Bot
  readonly person: Person
  /** The reply keyboard that the person sees now. */
  keyboard: ReplyKeyboard | null
  /** The person has written: before that, the bot may not. */
  isStarted: boolean
  /** The person blocked the bot. */
  isBlocked: boolean
}

export interface GroupChat extends ChatBase {
  readonly kind: 'supergroup' | 'channel'
  title: string
  readonly username: string | undefined
  isForum: boolean
  isGeneralClosed: boolean
  readonly members: Map<number, Member>
  readonly topics: Map<number, Topic>
}

export type Chat = PrivateChat | GroupChat

export function chatToWire(chat: Chat): WireChat {
  if (chat.kind !== 'private') {
    const { id, kind, title, username, isForum } = chat
    return { id, title, username, type: kind, is_forum: isForum ? true : undefined }
  }
  const { id, first_name, last_name, username } = chat.person.user
  return { id, first_name, last_name, username, type: 'private' }
}
