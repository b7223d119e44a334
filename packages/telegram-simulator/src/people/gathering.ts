import { setBlocked, setMember } from '../events/membership.ts'
import { type AdminRight, adminRights, allRights, noRights } from '../world/admin-rights.ts'
import type { Bot, GroupChat, Member } from '../world/chat.ts'
import type { WireUser } from '../world/wire.ts'
import { chatInstance, type World } from '../world/world.ts'
import { type ChatRef, getBot, getDialogue, getGroup, getPerson } from './find.ts'
import { refused } from './people-error.ts'
import type { Request } from './requests.ts'

export interface PersonInfo {
  readonly id: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly languageCode: string | null
  readonly isDeactivated: boolean
}

export interface BotInfo {
  readonly id: number
  readonly username: string
  readonly name: string
  /** What an empty chat with it says. */
  readonly description: string
}

export interface GroupInfo {
  readonly id: number
  readonly title: string
}

/** Who there is, and who is in which group. */
export function createGathering(world: World) {
  return {
    createPerson(request: Request<'createPerson'>): PersonInfo {
      const { user } = orRefused(() => world.addPerson(request))
      return personInfo(world, user.id)
    },

    /** Changes the language of the person's app: bots read it with the next update. */
    setLanguage({ person: id, languageCode }: Request<'setLanguage'>): void {
      const person = getPerson(world, id)
      person.user = { ...person.user, language_code: languageCode }
    },

    createBot(request: Request<'createBot'>): BotInfo {
      const { token, username, name, readsAllGroupMessages = false } = request
      const bot = orRefused(() => world.addBot({ token, username, name, readsAllGroupMessages }))
      return botInfo(bot)
    },

    /** Creates a supergroup (a forum unless said otherwise) or a channel. Bots without `rights` get all of them; null = a plain member. */
    createGroup(request: Request<'createGroup'>): GroupInfo {
      const group = addGroup(request)
      const owner = getPerson(world, request.owner).user
      const add = (user: WireUser, status: Member['status'], rights = noRights) =>
        setMember(world, group, owner, { user, status, rights })
      group.members.set(owner.id, { user: owner, status: 'creator', rights: allRights })
      for (const id of request.admins ?? []) add(getPerson(world, id).user, 'administrator', allRights)
      for (const id of request.members ?? []) add(getPerson(world, id).user, 'member')
      for (const { bot, rights } of request.bots ?? []) {
        const { user } = getBot(world, bot)
        if (rights === null) add(user, 'member')
        else add(user, 'administrator', new Set(rights ?? adminRights))
      }
      return { id: group.id, title: group.title }
    },

    /** Adds, promotes, demotes, removes or bans somebody; bots concerned read `my_chat_member` and `chat_member`. */
    setMember({ chat, user, status, rights, by }: Request<'setMember'>): void {
      const group = getGroup(world, chat)
      const member = findUser(user)
      const granted: ReadonlySet<AdminRight> = status === 'administrator' ? new Set(rights ?? adminRights) : noRights
      const actor = by === undefined ? member : getPerson(world, by).user
      setMember(world, group, actor, { user: member, status, rights: granted })
    },

    setForum({ chat, isForum }: Request<'setForum'>): void {
      getGroup(world, chat).isForum = isForum
    },

    block({ person, bot }: Request<'block'>): void {
      setBlocked(world, getDialogue(world, person, bot), true)
    },
    unblock({ person, bot }: Request<'unblock'>): void {
      setBlocked(world, getDialogue(world, person, bot), false)
    },
    /** The account is deleted: bots read "user is deactivated". */
    deactivate({ person }: Request<'deactivate'>): void {
      getPerson(world, person).isDeactivated = true
    },

    listPersons: (_request: Request<'listPersons'> = {}): PersonInfo[] =>
      [...world.persons.keys()].map((id) => personInfo(world, id)),
    /** Their names and descriptions in a language, where they have set any. */
    listBots: ({ languageCode = '' }: Request<'listBots'> = {}): BotInfo[] =>
      [...world.botsById.values()].map((bot) => botInfo(bot, languageCode)),
  }

  function addGroup({
    id = world.takeGroupId(),
    title,
    username,
    kind = 'supergroup',
    isForum,
  }: Request<'createGroup'>): GroupChat {
    if (id >= 0 || world.groups.has(id)) throw refused(`A group can't have the id ${id}`)
    const group: GroupChat = {
      kind,
      id,
      title,
      username: username?.replace('@', ''),
      isForum: kind === 'supergroup' && (isForum ?? true),
      isGeneralClosed: false,
      members: new Map(),
      topics: new Map(),
      history: world.createHistory(),
      instance: chatInstance(-id, 7),
      pinned: [],
    }
    world.groups.set(id, group)
    return group
  }

  function findUser(ref: ChatRef): WireUser {
    return world.persons.get(Number(ref))?.user ?? getBot(world, ref).user
  }
}

function personInfo(world: World, id: number): PersonInfo {
  const { user, isDeactivated } = getPerson(world, id)
  const { first_name, last_name = null, username = null, language_code = null } = user
  return { id, firstName: first_name, lastName: last_name, username, languageCode: language_code, isDeactivated }
}

function orRefused<T>(add: () => T): T {
  try {
    return add()
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error))
  }
}

const botInfo = ({ user, names, descriptions }: Bot, language = ''): BotInfo => ({
  id: user.id,
  username: user.username,
  name: names.get(language) ?? names.get('') ?? user.first_name,
  description: descriptions.get(language) ?? descriptions.get('') ?? '',
})
