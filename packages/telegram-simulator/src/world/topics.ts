import { badRequest } from './bot-api-error.ts'
import type { Bot, GroupChat, Topic } from './chat.ts'
import { hasRight } from './members.ts'

/** The six colours that a topic may have; the first is the default. */
export const topicColours: readonly number[] = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047]

export function assertForum(chat: GroupChat): void {
  if (!chat.isForum) throw badRequest('the chat is not a forum')
}

/** The topic that a management method names; raw MTProto codes for what is gone or never was. */
export function getTopic(chat: GroupChat, id: number | undefined): Topic {
  assertForum(chat)
  const topic = id === undefined ? undefined : chat.topics.get(id)
  if (!topic) throw badRequest('TOPIC_ID_INVALID')
  if (topic.isDeleted) throw badRequest('TOPIC_DELETED')
  return topic
}

/**
 * The topic that a message is sent to. General is addressed by leaving the thread id out: `1` is "not found", as upstream.
 * A closed topic takes messages only from those who may manage topics.
 */
export function topicForSending(bot: Bot, chat: GroupChat, threadId: number | undefined): Topic | undefined {
  const mayManage = hasRight(chat.members.get(bot.user.id), 'can_manage_topics')
  if (threadId === undefined) {
    if (chat.isForum && chat.isGeneralClosed && !mayManage) throw badRequest('TOPIC_CLOSED')
    return undefined
  }
  const topic = chat.isForum ? chat.topics.get(threadId) : undefined
  if (!topic || topic.isDeleted) throw badRequest('message thread not found')
  if (topic.isClosed && !mayManage) throw badRequest('TOPIC_CLOSED')
  return topic
}
