import { setMember } from '../events/membership.ts'
import { noRights } from '../world/admin-rights.ts'
import { badRequest } from '../world/bot-api-error.ts'
import { type Chat, chatToWire, type GroupChat, type Member } from '../world/chat.ts'
import { assertBotRight, isAdmin, isPresent, memberToWire } from '../world/members.ts'
import { messageToWire } from '../world/render.ts'
import type { WireResults, WireUser } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import type { Call, Methods } from './method.ts'
import { readInteger } from './params.ts'
import { getChat, getGroup } from './target.ts'

/** Who is where, and with which rights. */
export const memberMethods = {
  getChat: (call) => fullChat(call, getReadable(call)),

  /** A channel shows its members only to a bot that administers it. */
  getChatMember: (call) => {
    const userId = readInteger(call.params, 'user_id')
    if (userId === undefined) throw badRequest('invalid user_id specified')
    const chat = getReadable(call)
    if (chat.kind === 'private') return { user: findUser(call.world, userId) ?? call.bot.user, status: 'member' }
    if (chat.kind === 'channel' && !isAdmin(chat.members.get(call.bot.user.id))) {
      throw badRequest('member list is inaccessible')
    }
    return memberToWire(findMember(call.world, chat, userId))
  },

  getChatAdministrators: (call) => {
    const members = [...getGroup(call).members.values()].map(memberToWire)
    const admins = members.filter((member) => member.status === 'creator' || member.status === 'administrator')
    return admins.filter(({ user }) => !user.is_bot || user.id === call.bot.user.id)
  },

  getChatMemberCount: (call) => [...getGroup(call).members.values()].filter(isPresent).length,

  banChatMember: (call) => changeStatus(call, 'kicked'),
  unbanChatMember: (call) => changeStatus(call, 'left'),

  leaveChat: (call) => {
    const chat = getGroup(call)
    setMember(call.world, chat, call.bot.user, { user: call.bot.user, status: 'left', rights: noRights })
    return true
  },

  exportChatInviteLink: (call) => {
    const chat = getGroup(call)
    assertBotRight(call.bot, chat, 'can_invite_users', 'manage chat invite link')
    return `https://t.me/+invite${Math.abs(chat.id)}`
  },

  createChatInviteLink: (call) => {
    const chat = getGroup(call)
    assertBotRight(call.bot, chat, 'can_invite_users', 'manage chat invite link')
    const invite_link = `https://t.me/+invite${Math.abs(chat.id)}`
    return { invite_link, creator: call.bot.user, creates_join_request: false, is_primary: false, is_revoked: false }
  },
} satisfies Methods

/** A public channel is there for every bot, a private one only for those inside. */
function getReadable(call: Call): Chat {
  const chat = getChat(call)
  if (chat.kind === 'private' || (chat.kind === 'channel' && chat.username !== undefined)) return chat
  if (chat.kind === 'channel' && !isPresent(chat.members.get(call.bot.user.id))) throw badRequest('chat not found')
  return getGroup(call)
}

function fullChat(call: Call, chat: Chat): WireResults['getChat'] {
  const pinnedId = chat.pinned.at(-1)
  const pinned = pinnedId === undefined ? undefined : chat.history.get(pinnedId)
  const wire = chatToWire(chat)
  const common = {
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: acceptedGiftTypes,
    pinned_message: pinned && messageToWire(pinned, call.bot.user.id),
  }
  if (wire.type === 'group') return { ...wire, ...common }
  const named = { ...common, active_usernames: wire.username ? [wire.username] : undefined }
  if (wire.type !== 'supergroup') return { ...wire, ...named }
  return { ...wire, ...named, permissions: { can_send_messages: true, can_manage_topics: false } }
}

const acceptedGiftTypes = {
  unlimited_gifts: true,
  limited_gifts: true,
  unique_gifts: true,
  premium_subscription: true,
  gifts_from_channels: true,
}

function findMember(world: World, chat: GroupChat, userId: number): Member {
  const member = chat.members.get(userId)
  if (member) return member
  const user = findUser(world, userId)
  if (!user) throw badRequest('PARTICIPANT_ID_INVALID')
  return { user, status: 'left', rights: noRights }
}

const findUser = (world: World, id: number): WireUser | undefined =>
  world.persons.get(id)?.user ?? world.botsById.get(id)?.user

function changeStatus(call: Call, status: 'kicked' | 'left'): true {
  const chat = getGroup(call)
  assertBotRight(call.bot, chat, 'can_restrict_members', 'restrict/unrestrict chat member')
  const member = findMember(call.world, chat, readInteger(call.params, 'user_id') ?? 0)
  if (member.status === 'creator') throw badRequest("can't remove chat owner")
  if (isAdmin(member)) throw badRequest('user is an administrator of the chat')
  setMember(call.world, chat, call.bot.user, { user: member.user, status, rights: noRights })
  return true
}
