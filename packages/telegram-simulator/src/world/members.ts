import { type AdminRight, adminRights } from './admin-rights.ts'
import { badRequest, forbidden } from './bot-api-error.ts'
import type { Bot, GroupChat, Member } from './chat.ts'
import type { WireMember } from './wire.ts'

export const isPresent = (member: Member | undefined): member is Member =>
  member !== undefined && member.status !== 'left' && member.status !== 'kicked'

export const isAdmin = (member: Member | undefined): boolean =>
  member?.status === 'creator' || member?.status === 'administrator'

export const hasRight = (member: Member | undefined, right: AdminRight): boolean =>
  member?.status === 'creator' || (member?.status === 'administrator' && member.rights.has(right))

export function memberToWire(member: Member): WireMember {
  const { user, status } = member
  if (status === 'creator') return { user, status, is_anonymous: false }
  if (status === 'kicked') return { user, status, until_date: 0 }
  if (status !== 'administrator') return { user, status }
  return { user, status, can_be_edited: false, is_anonymous: false, ...otherRights, ...rightsToWire(member.rights) }
}

/** What nobody here can do, so that nobody may. */
const otherRights = {
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
}

const rightsToWire = (rights: Member['rights']) =>
  Object.fromEntries(adminRights.map((right) => [right, rights.has(right)])) as Record<AdminRight, boolean>

/** The bot's own membership; throws the 403 that Telegram gives to an outsider. */
export function assertBotInside(bot: Bot, chat: GroupChat): Member {
  const member = chat.members.get(bot.user.id)
  if (member?.status === 'kicked') throw forbidden(`bot was kicked from the ${chat.kind} chat`)
  if (!isPresent(member)) throw forbidden(`bot is not a member of the ${chat.kind} chat`)
  return member
}

/** Throws `not enough rights to …` unless the bot administers the chat with this right. */
export function assertBotRight(bot: Bot, chat: GroupChat, right: AdminRight, purpose: string): void {
  if (!hasRight(assertBotInside(bot, chat), right)) throw badRequest(`not enough rights to ${purpose}`)
}
