import type { Bot, Chat, GroupChat, Message, Person, PrivateChat, Topic } from '../world/chat.ts'
import { isPresent } from '../world/members.ts'
import type { World } from '../world/world.ts'
import { missing, refused } from './people-error.ts'

/** A group id (negative), or a bot's id or @username for the private chat with it. */
export type ChatRef = number | string

export function getPerson(world: World, id: number): Person {
  const person = world.persons.get(id)
  if (!person) throw missing(`There is no person ${id}`)
  return person
}

export function getBot(world: World, ref: ChatRef): Bot {
  const id = Number(ref)
  const bot = Number.isNaN(id) ? world.findBotByName(String(ref)) : world.botsById.get(id)
  if (!bot) throw missing(`There is no bot ${ref}`)
  return bot
}

export function getGroup(world: World, ref: ChatRef): GroupChat {
  const id = Number(ref)
  const group = Number.isNaN(id) ? world.findGroupByName(String(ref)) : world.groups.get(id)
  if (!group) throw missing(`There is no group ${ref}`)
  return group
}

/** A chat as this person has it: a group that they are in, or their dialogue with a bot, opened if it is new. */
export function getChatOf(world: World, personId: number, ref: ChatRef): Chat {
  const person = getPerson(world, personId)
  if (!isGroupRef(world, ref)) return getDialogue(world, personId, ref)
  const group = getGroup(world, ref)
  if (!isPresent(group.members.get(person.user.id))) throw refused(`${person.user.first_name} is not in ${group.title}`)
  return group
}

export const getDialogue = (world: World, personId: number, bot: ChatRef): PrivateChat =>
  world.ensureDialogue(getPerson(world, personId), getBot(world, bot))

export function getMessage(chat: Chat, id: number): Message {
  const message = chat.history.get(id)
  if (!message) throw missing(`There is no message ${id} in this chat`)
  return message
}

export function getTopicOf(group: GroupChat, id: number): Topic {
  const topic = group.topics.get(id)
  if (!topic || topic.isDeleted) throw missing(`There is no topic ${id} in ${group.title}`)
  return topic
}

function isGroupRef(world: World, ref: ChatRef): boolean {
  if (typeof ref === 'number' || /^-?\d+$/.test(ref)) return Number(ref) < 0
  return world.findGroupByName(ref) !== undefined
}
