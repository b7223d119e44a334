import { noRights } from '../world/admin-rights.ts'
import { chatToWire, type GroupChat, type Member, type PrivateChat } from '../world/chat.ts'
import { isAdmin, isPresent, memberToWire } from '../world/members.ts'
import type { WireUser } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { laneOf, post } from './post.ts'

/** Changes somebody's membership, and tells the bots whom it concerns. */
export function setMember(world: World, chat: GroupChat, by: WireUser, next: Member): void {
  const old = chat.members.get(next.user.id) ?? { user: next.user, status: 'left' as const, rights: noRights }
  chat.members.set(next.user.id, next)
  announce(world, chat, by, old, next)
  const change = {
    chat: chatToWire(chat),
    from: by,
    date: world.nowS(),
    old_chat_member: memberToWire(old),
    new_chat_member: memberToWire(next),
  }
  world.botsById.get(next.user.id)?.inbox.push('my_chat_member', change, laneOf(chat))
  for (const member of chat.members.values()) {
    if (member.user.id === next.user.id || !isAdmin(member)) continue
    world.botsById.get(member.user.id)?.inbox.push('chat_member', change, laneOf(chat))
  }
}

/** A person blocks or unblocks a bot; nothing happens when it is so already. */
export function setBlocked(world: World, chat: PrivateChat, isBlocked: boolean): void {
  if (chat.isBlocked === isBlocked) return
  chat.isBlocked = isBlocked
  const member = { user: chat.bot.user, status: 'member' } as const
  const kicked = { user: chat.bot.user, status: 'kicked', until_date: 0 } as const
  const change = {
    chat: chatToWire(chat),
    from: chat.person.user,
    date: world.nowS(),
    old_chat_member: isBlocked ? member : kicked,
    new_chat_member: isBlocked ? kicked : member,
  }
  chat.bot.inbox.push('my_chat_member', change, laneOf(chat))
}

/** The service message that a supergroup shows when somebody comes or goes; channels show none. */
function announce(world: World, chat: GroupChat, by: WireUser, old: Member, next: Member): void {
  const isComing: boolean = isPresent(next)
  if (chat.kind === 'channel' || isPresent(old) === isComing) return
  const body = isComing ? { new_chat_members: [next.user] } : { left_chat_member: next.user }
  post(world, chat, by, { body, isService: true })
}
