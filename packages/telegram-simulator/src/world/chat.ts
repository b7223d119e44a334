import type { Inbox } from '../updates/inbox.ts'
import type { AdminRight } from './admin-rights.ts'
import type { History } from './history.ts'
import type { Content, ReplyKeyboard } from './message.ts'
import type { WireChat, WireMenuButton, WireReaction, WireUser } from './wire.ts'

interface ChatBase {
  /** The chat id as bots see it. */
  readonly id: number
  readonly history: History<Message>
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
  if (chat.kind === 'private') {
    const { id, first_name, last_name, username } = chat.person.user
    return { id, first_name, last_name, username, type: 'private' }
  }
  const { id, kind, title, username, isForum } = chat
  if (kind === 'channel') return { id, title, username, type: kind }
  return { id, title, username, type: kind, is_forum: isForum ? true : undefined }
}

/** Never changed in place: an edit puts a new version into the history, so that earlier changes keep what was seen then. */
export interface Message extends Content {
  readonly id: number
  readonly chat: Chat
  readonly from: WireUser
  /** Unix seconds. */
  readonly date: number
  readonly editDate?: number | undefined
  /** The forum topic; absent in General and in private chats. */
  readonly topicId?: number | undefined
  readonly replyToId?: number | undefined
  readonly reactions?: ReadonlyMap<number, readonly WireReaction[]> | undefined
}

export interface BotCommand {
  readonly command: string
  readonly description: string
}

/** Name, description and short description by language; `''` is the fallback. */
export type LocalisedText = Map<string, string>

/** A bot account and everything that it set about itself. */
export interface Bot {
  readonly token: string
  readonly user: WireUser & { readonly is_bot: true; readonly username: string }
  /** Privacy mode off: the bot reads all messages of groups in which it is a plain member. */
  readonly readsAllGroupMessages: boolean
  readonly inbox: Inbox
  /** Its private chats by person id. */
  readonly dialogues: Map<number, PrivateChat>
  /** Commands by scope and language, see `commandKey`. */
  readonly commands: Map<string, readonly BotCommand[]>
  readonly names: LocalisedText
  readonly descriptions: LocalisedText
  readonly shortDescriptions: LocalisedText
  /** Menu buttons by chat id; 0 holds the default. */
  readonly menuButtons: Map<number, WireMenuButton>
}

/** Somebody who uses Telegram. */
export interface Person {
  /** Replaced when the person changes something about themselves. */
  user: WireUser
  /** Their dialogues by bot id. */
  readonly dialogues: Map<number, PrivateChat>
  /** The account is gone: bots read "user is deactivated". */
  isDeactivated: boolean
}

export interface Member {
  readonly user: WireUser
  status: 'creator' | 'administrator' | 'member' | 'left' | 'kicked'
  /** Meaningful for administrators; a creator may do everything. */
  rights: ReadonlySet<AdminRight>
}

/** A forum topic; its id is that of the service message that created it. */
export interface Topic {
  readonly id: number
  name: string
  readonly iconColor: number
  iconCustomEmojiId: string | undefined
  readonly creatorId: number
  readonly root: Message
  isClosed: boolean
  /** Deleted topics are remembered, because Telegram answers differently about them. */
  isDeleted: boolean
}
