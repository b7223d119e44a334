import { changeTopic, createTopic, deleteTopic, setTopicClosed } from '../events/topic-life.ts'
import type { AdminRight } from '../world/admin-rights.ts'
import { BotApiError } from '../world/bot-api-error.ts'
import { hasRight } from '../world/members.ts'
import { topicColours } from '../world/topics.ts'
import type { World } from '../world/world.ts'
import { getGroup, getPerson, getTopicOf } from './find.ts'
import { refused } from './people-error.ts'
import type { Request } from './requests.ts'

/** What people with rights do to topics. */
export function createModerating(world: World) {
  const enter = (personId: number, chat: number | string, right: AdminRight) => {
    const group = getGroup(world, chat)
    if (!hasRight(group.members.get(personId), right)) throw refused(`This needs the right ${right}`)
    return { group, user: getPerson(world, personId).user }
  }

  const setClosed = ({ person, chat, topic }: Request<'closeTopic'>, isClosed: boolean): void => {
    const { group, user } = enter(person, chat, 'can_manage_topics')
    refuseUnchanged(() => setTopicClosed(world, group, getTopicOf(group, topic), user, isClosed))
  }

  return {
    createTopic({ person, chat, name }: Request<'createTopic'>): { readonly topic: number } {
      const { group, user } = enter(person, chat, 'can_manage_topics')
      return { topic: createTopic(world, group, user, { name, icon: undefined, iconColor: topicColours[0]! }).id }
    },

    renameTopic({ person, chat, topic: id, name }: Request<'renameTopic'>): void {
      const { group, user } = enter(person, chat, 'can_manage_topics')
      const topic = getTopicOf(group, id)
      refuseUnchanged(() => changeTopic(world, group, topic, user, { name, icon: topic.iconCustomEmojiId }))
    },

    closeTopic: (request: Request<'closeTopic'>): void => setClosed(request, true),
    reopenTopic: (request: Request<'reopenTopic'>): void => setClosed(request, false),

    /** Takes the topic with its messages away; bots find out when they write to it. */
    deleteTopic({ person, chat, topic }: Request<'deleteTopic'>): void {
      const { group } = enter(person, chat, 'can_delete_messages')
      deleteTopic(group, getTopicOf(group, topic))
    },
  }
}

function refuseUnchanged(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (error instanceof BotApiError) throw refused('The topic is like that already')
    throw error
  }
}
