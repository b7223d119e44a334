import { visibleCommands } from '../methods/profile.ts'
import type { BotCommand, Chat, Message, PrivateChat } from '../world/chat.ts'
import type { StoredFile } from '../world/files.ts'
import { isPresent } from '../world/members.ts'
import type { World } from '../world/world.ts'
import { getBot, getChatOf, getGroup, getPerson } from './find.ts'
import { missing } from './people-error.ts'
import type { Request } from './requests.ts'
import { refOf, type SeenChange, type SeenMessage, toSeen, toSeenChange } from './seen.ts'

export interface ReadResult {
  /** Pass it as `since` to read on. */
  readonly seq: number
  readonly changes: readonly SeenChange[]
}

export interface SeenChat {
  readonly ref: number | string
  readonly kind: Chat['kind']
  readonly title: string
  readonly isForum: boolean
  readonly isBlocked: boolean
  /** Buttons under the text field. */
  readonly keyboard: readonly (readonly string[])[]
  readonly pinned: readonly number[]
  readonly lastSeq: number
  readonly lastMessage: SeenMessage | null
}

export interface SeenTopic {
  readonly id: number
  readonly name: string
  readonly iconColor: number
  readonly iconCustomEmojiId: string | null
  readonly isClosed: boolean
}

/** What people see. */
export function createReading(world: World) {
  return {
    /**
     * What happened after `since` in one chat (or topic), or in all chats of the person: new messages, edits, deletions.
     * With `waitMs` it waits that long at most for something to happen.
     */
    async read(request: Request<'read'>): Promise<ReadResult> {
      const deadlineMs = performance.now() + (request.waitMs ?? 0)
      for (;;) {
        const changes = collect(request)
        const leftMs = deadlineMs - performance.now()
        if (changes.length > 0 || leftMs <= 0) return { seq: world.seq, changes }
        await nextChange(chatsFor(request), leftMs)
      }
    },

    /** The newest `limit` messages (default 200) as they stand now, oldest first. */
    transcript({ person, chat: ref, topic, limit = 200 }: Request<'transcript'>): SeenMessage[] {
      const found: Message[] = []
      for (const message of getChatOf(world, person, ref).history.newestFirst()) {
        if (found.length >= limit) break
        if (topic === undefined || message.topicId === topic) found.push(message)
      }
      return found.reverse().map((message) => toSeen(message, person))
    },

    listChats({ person }: Request<'listChats'>): SeenChat[] {
      return chatsOf(person).map((chat) => toSeenChat(chat, person))
    },

    listTopics({ chat }: Request<'listTopics'>): SeenTopic[] {
      const topics = [...getGroup(world, chat).topics.values()].filter(({ isDeleted }) => !isDeleted)
      return topics.map(({ id, name, iconColor, iconCustomEmojiId = null, isClosed }) => ({
        id,
        name,
        iconColor,
        iconCustomEmojiId,
        isClosed,
      }))
    },

    /** The commands that the bot's menu offers this person, in their language. */
    listCommands({ person, bot }: Request<'listCommands'>): readonly BotCommand[] {
      return visibleCommands(getBot(world, bot), person, getPerson(world, person).user.language_code ?? '')
    },

    /** The bytes of a file by its key. */
    getFile(key: string): StoredFile {
      const file = world.files.find(key)
      if (!file) throw missing(`There is no file ${key}`)
      return file
    },
  }

  function collect(request: Request<'read'>): SeenChange[] {
    const { since = 0, topic, person } = request
    const changes = chatsFor(request).flatMap((chat) => chat.history.changesSince(since))
    const wanted = topic === undefined ? changes : changes.filter(({ message }) => message.topicId === topic)
    return wanted.sort((a, b) => a.seq - b.seq).map((change) => toSeenChange(change, person))
  }

  function chatsFor({ person, chat }: Request<'read'>): Chat[] {
    return chat === undefined ? chatsOf(person) : [getChatOf(world, person, chat)]
  }

  function chatsOf(personId: number): Chat[] {
    const groups = [...world.groups.values()].filter((group) => isPresent(group.members.get(personId)))
    return [...getPerson(world, personId).dialogues.values(), ...groups]
  }
}

/** Resolves at the next change in one of the chats, or when the time is over. */
function nextChange(chats: readonly Chat[], waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      for (const forget of forgets) forget()
      resolve()
    }
    const timer = setTimeout(finish, waitMs)
    const forgets = chats.map((chat) => chat.history.onNextChange(finish))
  })
}

function toSeenChat(chat: Chat, personId: number): SeenChat {
  const last = chat.history.newestFirst().next()
  return {
    ref: refOf(chat),
    kind: chat.kind,
    title: chat.kind === 'private' ? botName(chat) : chat.title,
    isForum: chat.kind !== 'private' && chat.isForum,
    isBlocked: chat.kind === 'private' && chat.isBlocked,
    keyboard: (chat.kind === 'private' && chat.keyboard?.rows) || [],
    pinned: chat.pinned,
    lastSeq: chat.history.lastSeq,
    lastMessage: last.done ? null : toSeen(last.value, personId),
  }
}

const botName = ({ bot }: PrivateChat): string => bot.names.get('') ?? bot.user.first_name
