import type { Bot } from './bot.ts'
import { badRequest, forbidden } from './bot-api-error.ts'
import type { GroupChat } from './chat.ts'
import type { WireUser } from './wire.ts'

export const adminRights = [
  'can_manage_chat',
  'can_change_info',
  'can_delete_messages',
  'can_invite_users',
  'can_restrict_members',
  'can_promote_members',
  'can_manage_video_chats',
  'can_pin_messages',
  'can_manage_topics',
  'can_post_messages',
  'can_edit_messages',
] as const
export type AdminRight = (typeof adminRights)[number]

export interface Member {
  readonly user: WireUser
  status: 'creator' | 'administrator' | 'member' | 'left' | 'kicked'
  /** Meaningful for administrators; a creator may do everything. */
  rights: ReadonlySet<AdminRight>
}

export const allRights: ReadonlySet<AdminRight> = new Set(adminRights)
export const noRights: ReadonlySet<AdminRight> = new Set()

export const isPresent = (member: Member | undefined): member is Member =>
  member !== undefined && member.status !== 'left' && member.status !== 'kicked'

export const isAdmin = (member: Member | undefined): boolean =>
  member?.status === 'creator' || member?.status === 'administrator'

export const hasRight = (member: Member | undefined, right: AdminRight): boolean =>
  member?.status === 'creator' || (member?.status === 'administrator' && member.rights.has(right))

export function memberToWire(member: Member): Record<string, unknown> {
  const { user, status } = member
  if (status === 'creator') return { user, status, is_anonymous: false }
  if (status === 'kicked') return { user, status, until_date: 0 }
  if (status !== 'administrator') return { user, status }
  const rights = Object.fromEntries(adminRights.map((right) => [right, member.rights.has(right)]))
  return { user, status, can_be_edited: false, is_anonymous: false, ...rights }
}

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
