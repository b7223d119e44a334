import { post } from '../events/post.ts'
import { changeTopic, createTopic, deleteTopic, setGeneralClosed, setTopicClosed } from '../events/topic-life.ts'
import { badRequest } from '../world/bot-api-error.ts'
import type { Bot, GroupChat, Topic } from '../world/chat.ts'
import { assertBotInside, assertBotRight, hasRight } from '../world/members.ts'
import { assertForum, getTopic, topicColours } from '../world/topics.ts'
import type { Call, Methods } from './method.ts'
import { readInteger, readText } from './params.ts'
import { getChat } from './target.ts'

/** The forum of a support desk. */
export const topicMethods = {
  createForumTopic: (call) => {
    const chat = getForum(call)
    assertBotRight(call.bot, chat, 'can_manage_topics', 'create a topic')
    const iconColor = readInteger(call.params, 'icon_color') ?? topicColours[0]!
    if (!topicColours.includes(iconColor)) throw badRequest('TOPIC_ICON_COLOR_INVALID')
    const icon = readText(call.params, 'icon_custom_emoji_id')
    const topic = createTopic(call.world, chat, call.bot.user, { name: readName(call), iconColor, icon })
    return {
      message_thread_id: topic.id,
      name: topic.name,
      icon_color: topic.iconColor,
      icon_custom_emoji_id: topic.iconCustomEmojiId,
    }
  },

  editForumTopic: (call) => {
    const { chat, topic } = getManaged(call, 'edit the topic')
    const name = readText(call.params, 'name') ? readName(call) : topic.name
    const icon = readText(call.params, 'icon_custom_emoji_id') ?? topic.iconCustomEmojiId
    changeTopic(call.world, chat, topic, call.bot.user, { name, icon: icon === '' ? undefined : icon })
    return true
  },

  closeForumTopic: (call) => setClosed(call, true),
  reopenForumTopic: (call) => setClosed(call, false),

  deleteForumTopic: (call) => {
    const chat = getForum(call)
    const topic = getTopic(chat, readInteger(call.params, 'message_thread_id'))
    if (topic.creatorId !== call.bot.user.id) assertBotRight(call.bot, chat, 'can_delete_messages', 'delete the topic')
    deleteTopic(chat, topic)
    return true
  },

  unpinAllForumTopicMessages: (call) => {
    const chat = getForum(call)
    const topic = getTopic(chat, readInteger(call.params, 'message_thread_id'))
    assertBotRight(call.bot, chat, 'can_pin_messages', 'unpin messages')
    chat.pinned = chat.pinned.filter((id) => chat.history.get(id)?.topicId !== topic.id)
    return true
  },

  /** The icons that any bot may give to a topic; the real list is longer. */
  getForumTopicIconStickers: () => topicIcons.map(iconToWire),

  closeGeneralForumTopic: (call) => setGeneral(call, true),
  reopenGeneralForumTopic: (call) => setGeneral(call, false),

  editGeneralForumTopic: (call) => {
    const chat = getForum(call)
    assertBotRight(call.bot, chat, 'can_manage_topics', 'edit the topic')
    const body = { forum_topic_edited: { name: readName(call) } }
    post(call.world, chat, call.bot.user, { body, isService: true })
    return true
  },
} satisfies Methods

const topicIcons: readonly (readonly [id: string, emoji: string])[] = [
  ['5237699328843200968', '\u2705'],
  ['5312536423851630001', '\u{1F4A1}'],
  ['5379748062124056162', '\u2757'],
  ['5377316857231450742', '\u2753'],
  ['5350305691942788490', '\u{1F4C8}'],
  ['5312241539987020022', '\u{1F525}'],
]

const iconToWire = ([id, emoji]: readonly [string, string]) => ({
  file_id: `icon-${id}`,
  file_unique_id: `icon-${id}`,
  type: 'custom_emoji' as const,
  width: 100,
  height: 100,
  is_animated: true,
  is_video: false,
  emoji,
  custom_emoji_id: id,
})

function getForum(call: Call): GroupChat {
  const chat = getChat(call)
  if (chat.kind === 'private') throw badRequest('the chat is not a forum')
  assertBotInside(call.bot, chat)
  assertForum(chat)
  return chat
}

function getManaged(call: Call, purpose: string): { chat: GroupChat; topic: Topic } {
  const chat = getForum(call)
  const topic = getTopic(chat, readInteger(call.params, 'message_thread_id'))
  if (!mayManage(call.bot, chat, topic)) throw badRequest(`not enough rights to ${purpose}`)
  return { chat, topic }
}

/** A bot may always manage the topics that it created. */
const mayManage = (bot: Bot, chat: GroupChat, topic: Topic): boolean =>
  topic.creatorId === bot.user.id || hasRight(chat.members.get(bot.user.id), 'can_manage_topics')

function setClosed(call: Call, isClosed: boolean): true {
  const { chat, topic } = getManaged(call, 'close or open the topic')
  setTopicClosed(call.world, chat, topic, call.bot.user, isClosed)
  return true
}

function setGeneral(call: Call, isClosed: boolean): true {
  const chat = getForum(call)
  assertBotRight(call.bot, chat, 'can_manage_topics', 'close or open the topic')
  setGeneralClosed(call.world, chat, call.bot.user, isClosed)
  return true
}

function readName(call: Call): string {
  const name = (readText(call.params, 'name') ?? '').trim()
  if (name.length < 1 || name.length > 128) throw badRequest('TOPIC_TITLE_INVALID')
  return name
}
