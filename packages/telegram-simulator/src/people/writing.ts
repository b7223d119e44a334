import { setBlocked } from '../events/membership.ts'
import { laneOf, post, repost } from '../events/post.ts'
import { storeMedia } from '../methods/media-input.ts'
import { forwardOf } from '../methods/relay.ts'
import { detectEntities } from '../text/detect-entities.ts'
import { readCaption } from '../text/formatted-text.ts'
import { type Chat, chatToWire, type GroupChat, type Message } from '../world/chat.ts'
import { hasRight } from '../world/members.ts'
import type { Content, Media, MediaKind } from '../world/message.ts'
import type { WireReaction } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { getBot, getChatOf, getMessage, getPerson, getTopicOf } from './find.ts'
import { refused } from './people-error.ts'
import type { Request } from './requests.ts'
import { fileFrom, type Upload } from './sample-file.ts'
import { type SeenMessage, toSeen } from './seen.ts'

interface Place {
  readonly person: number
  readonly chat: number | string
  readonly topic?: number | undefined
  readonly replyTo?: number | undefined
}

const longestText = 4096

/** What people write. */
export function createWriting(world: World) {
  const send = (place: Place, content: Content): SeenMessage => toSeen(write(world, place, content), place.person)

  const sendText = (request: Request<'sendText'>): SeenMessage => {
    // Apps cut a long text into several messages; the last one is returned.
    const { text } = request
    for (let at = 0; at + longestText < text.length; at += longestText) {
      send(request, textContent(text.slice(at, at + longestText)))
    }
    const rest = text.length % longestText || Math.min(text.length, longestText)
    return send(request, textContent(text.slice(text.length - rest)))
  }

  return {
    sendText,

    /** Presses Start, as a deep link does: unblocks the bot if need be and sends `/start <payload>`. */
    start({ person, bot, payload }: Request<'start'>): SeenMessage {
      if (payload !== undefined && !/^[\w-]{1,64}$/.test(payload))
        throw refused('A start payload is 1-64 of A-Z a-z 0-9 _ -')
      const chat = world.ensureDialogue(getPerson(world, person), getBot(world, bot))
      setBlocked(world, chat, false)
      return sendText({ person, chat: bot, text: payload === undefined ? '/start' : `/start ${payload}` })
    },

    /** Forwards a message of one chat into another; its author stays named. */
    forward({ person, from, message, ...place }: Request<'forward'>): SeenMessage {
      return send({ person, ...place }, forwardOf(getMessage(getChatOf(world, person, from), message)))
    },

    async sendMedia(request: Request<'sendMedia'>): Promise<SeenMessage> {
      const media = await upload(world, request.kind, request.file)
      return send(request, { ...captionContent(request.caption), media })
    },

    async sendAlbum(request: Request<'sendAlbum'>): Promise<SeenMessage[]> {
      const albumId = world.nextAlbumId()
      const contents: Content[] = []
      for (const { kind, file, caption } of request.items) {
        contents.push({ ...captionContent(caption), media: await upload(world, kind, file), albumId })
      }
      return contents.map((content) => send(request, content))
    },

    /** Changes the text, or the caption where there is media. Bots read `edited_message`. */
    editText({ person, chat: ref, message: id, text }: Request<'editText'>): SeenMessage {
      const message = getOwnMessage(getChatOf(world, person, ref), id, person)
      const content = message.media ? captionContent(text) : textContent(text)
      const next = { ...message, ...content, editDate: world.nowS() }
      repost(world, next, true)
      return toSeen(next, person)
    },

    /** Bots read nothing of it. */
    deleteMessage({ person, chat: ref, message: id }: Request<'deleteMessage'>): void {
      const chat = getChatOf(world, person, ref)
      const message = getMessage(chat, id)
      const mayDelete = chat.kind === 'private' || hasRight(chat.members.get(person), 'can_delete_messages')
      if (message.from.id !== person && !mayDelete) throw refused('Only its author or an admin may delete this message')
      chat.history.remove(id)
    },

    /** One emoji, or null to take it back. Bots that asked for `message_reaction` and administer a group read it. */
    react({ person, chat: ref, message: id, emoji }: Request<'react'>): void {
      const chat = getChatOf(world, person, ref)
      const message = getMessage(chat, id)
      const old = message.reactions?.get(person) ?? []
      // Which emoji are allowed is Telegram's changing list; here any is.
      const next = emoji === null ? [] : [{ type: 'emoji', emoji } as WireReaction]
      repost(world, { ...message, reactions: new Map(message.reactions).set(person, next) }, false)
      const update = {
        chat: chatToWire(chat),
        message_id: id,
        user: getPerson(world, person).user,
        date: world.nowS(),
        old_reaction: old,
        new_reaction: next,
      }
      for (const bot of readersOfReactions(world, chat)) bot.inbox.push('message_reaction', update, laneOf(chat))
    },
  }
}

const textContent = (text: string): Content => {
  const entities = detectEntities(text)
  return { text, entities: entities.length > 0 ? entities : undefined }
}

const captionContent = (caption: string | undefined): Content =>
  caption ? readCaption({ text: caption, parseMode: undefined, entities: undefined }) : {}

const upload = async (world: World, kind: MediaKind, file: Upload | undefined): Promise<Media> =>
  storeMedia(world, kind, await fileFrom(kind, file), kind === 'voice' ? { duration: 3 } : {})

function write(world: World, place: Place, content: Content): Message {
  const chat = getChatOf(world, place.person, place.chat)
  const person = getPerson(world, place.person)
  if (person.isDeactivated) throw refused(`${person.user.first_name} has no account any more`)
  if (chat.kind === 'private' && chat.isBlocked) throw refused('The bot is blocked: unblock it first')
  const replied = place.replyTo === undefined ? undefined : getMessage(chat, place.replyTo)
  const topicId = chat.kind === 'private' ? undefined : (place.topic ?? replied?.topicId)
  if (chat.kind !== 'private') assertOpen(chat, place.person, topicId)
  return post(world, chat, person.user, content, { topicId, replyToId: replied?.id })
}

function assertOpen(group: GroupChat, personId: number, topicId: number | undefined): void {
  const isClosed = topicId === undefined ? group.isGeneralClosed : getTopicOf(group, topicId).isClosed
  if (isClosed && !hasRight(group.members.get(personId), 'can_manage_topics')) throw refused('The topic is closed')
}

function getOwnMessage(chat: Chat, id: number, personId: number): Message {
  const message = getMessage(chat, id)
  if (message.from.id !== personId || message.isService) throw refused('Only an own message can be edited')
  return message
}

function readersOfReactions(world: World, chat: Chat) {
  if (chat.kind === 'private') return [chat.bot]
  return [...chat.members.values()]
    .filter(({ user, status }) => user.is_bot && status === 'administrator')
    .flatMap(({ user }) => world.botsById.get(user.id) ?? [])
}
