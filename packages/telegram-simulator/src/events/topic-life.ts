import { badRequest } from '../world/bot-api-error.ts'
import type { GroupChat, Message, Topic } from '../world/chat.ts'
import type { WireUser } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { post } from './post.ts'

export interface TopicLook {
  readonly name: string
  readonly icon: string | undefined
}

/** Creates a topic; its id is that of the service message that says so. */
export function createTopic(
  world: World,
  chat: GroupChat,
  by: WireUser,
  { name, icon, iconColor }: TopicLook & { readonly iconColor: number },
): Topic {
  const id = chat.history.newestId + 1
  const body = { forum_topic_created: { name, icon_color: iconColor, icon_custom_emoji_id: icon } }
  const root: Message = post(world, chat, by, { body, isService: true }, { topicId: id })
  const topic: Topic = {
    id,
    name,
    iconColor,
    iconCustomEmojiId: icon,
    creatorId: by.id,
    root,
    isClosed: false,
    isDeleted: false,
  }
  chat.topics.set(id, topic)
  return topic
}

/** Renames a topic or changes its icon; TOPIC_NOT_MODIFIED when it looks like that already. */
export function changeTopic(world: World, chat: GroupChat, topic: Topic, by: WireUser, look: TopicLook): void {
  const isRenamed = look.name !== topic.name
  const hasNewIcon = look.icon !== topic.iconCustomEmojiId
  if (!isRenamed && !hasNewIcon) throw badRequest('TOPIC_NOT_MODIFIED')
  topic.name = look.name
  topic.iconCustomEmojiId = look.icon
  const edited = {
    name: isRenamed ? look.name : undefined,
    icon_custom_emoji_id: hasNewIcon ? (look.icon ?? '') : undefined,
  }
  post(world, chat, by, { body: { forum_topic_edited: edited }, isService: true }, { topicId: topic.id })
}

export function setTopicClosed(world: World, chat: GroupChat, topic: Topic, by: WireUser, isClosed: boolean): void {
  if (topic.isClosed === isClosed) throw badRequest('TOPIC_NOT_MODIFIED')
  topic.isClosed = isClosed
  const body = isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }
  post(world, chat, by, { body, isService: true }, { topicId: topic.id })
}

export function setGeneralClosed(world: World, chat: GroupChat, by: WireUser, isClosed: boolean): void {
  if (chat.isGeneralClosed === isClosed) throw badRequest('TOPIC_NOT_MODIFIED')
  chat.isGeneralClosed = isClosed
  const body = isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }
  post(world, chat, by, { body, isService: true })
}

/** Takes the topic and its messages away. Bots read nothing of it. */
export function deleteTopic(chat: GroupChat, topic: Topic): void {
  topic.isDeleted = true
  for (const message of [...chat.history.all()]) {
    if (message.topicId === topic.id) chat.history.remove(message.id)
  }
}
