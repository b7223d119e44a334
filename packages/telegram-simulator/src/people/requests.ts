import { z } from 'zod'
import { adminRights } from '../world/admin-rights.ts'
import { mediaKinds } from '../world/message.ts'

const integer = z.number().int()
const person = integer.describe('The id of the person who acts')
const chat = z
  .union([integer, z.string().min(1)])
  .describe('A group id (negative), or the bot of a private chat: its id or @username')
const topic = integer.optional().describe('message_thread_id; absent = General, or the private chat itself')
const flag = z.boolean()
const place = { person, chat, topic }

const upload = z.object({
  name: z.string().optional(),
  mimeType: z.string().optional(),
  base64: z.string(),
})

const mediaItem = { kind: z.enum(mediaKinds), file: upload.optional(), caption: z.string().optional() }

const effect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('flood'), retryAfter: integer }),
  z.object({ kind: z.literal('blocked') }),
  z.object({ kind: z.literal('deactivated') }),
  z.object({ kind: z.literal('conflict') }),
  z.object({ kind: z.literal('migrated'), toChat: integer }),
  z.object({ kind: z.literal('server-error') }),
  z.object({ kind: z.literal('bad-gateway') }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('slow'), delayMs: integer }),
])

/** What each verb of the People API takes: the same in process, where it isn't checked again, and over HTTP. */
export const requests = {
  createPerson: z.object({
    id: integer.optional(),
    firstName: z.string().min(1),
    lastName: z.string().optional(),
    username: z.string().optional(),
    languageCode: z.string().optional(),
  }),
  setLanguage: z.object({ person, languageCode: z.string().min(2) }),
  createBot: z.object({
    token: z.string(),
    username: z.string(),
    name: z.string(),
    readsAllGroupMessages: flag.optional(),
  }),
  createGroup: z.object({
    id: integer.optional(),
    title: z.string().min(1),
    username: z.string().optional(),
    kind: z.enum(['supergroup', 'channel']).optional(),
    isForum: flag.optional(),
    owner: person,
    admins: z.array(integer).optional(),
    members: z.array(integer).optional(),
    bots: z.array(z.object({ bot: chat, rights: z.array(z.enum(adminRights)).nullish() })).optional(),
  }),
  setMember: z.object({
    chat,
    user: chat,
    status: z.enum(['administrator', 'member', 'left', 'kicked']),
    rights: z.array(z.enum(adminRights)).optional(),
    by: integer.optional(),
  }),
  sendText: z.object({ ...place, text: z.string().min(1), replyTo: integer.optional() }),
  start: z.object({ person, bot: chat, payload: z.string().optional() }),
  forward: z.object({ ...place, from: chat, message: integer }),
  sendMedia: z.object({ ...place, ...mediaItem, replyTo: integer.optional() }),
  sendAlbum: z.object({ ...place, items: z.array(z.object(mediaItem)).min(2).max(10) }),
  editText: z.object({ person, chat, message: integer, text: z.string().min(1) }),
  deleteMessage: z.object({ person, chat, message: integer }),
  react: z.object({ person, chat, message: integer, emoji: z.string().nullable() }),
  press: z.object({
    ...place,
    text: z.string().optional(),
    data: z.string().optional(),
    message: integer.optional(),
    isForged: flag.optional(),
    waitMs: integer.optional(),
  }),
  pay: z.object({ person, bot: chat, message: integer.optional(), link: z.string().optional() }),
  setStars: z.object({ person, hasStars: flag }),
  chargeSubscriptions: z.object({ person: person.optional() }),
  cancelSubscription: z.object({ person, bot: chat, charge: z.string().optional(), isCanceled: flag.optional() }),
  listSubscriptions: z.object({ person }),
  block: z.object({ person, bot: chat }),
  unblock: z.object({ person, bot: chat }),
  deactivate: z.object({ person }),
  createTopic: z.object({ person, chat, name: z.string().min(1).max(128) }),
  renameTopic: z.object({ person, chat, topic: integer, name: z.string().min(1).max(128) }),
  closeTopic: z.object({ person, chat, topic: integer }),
  reopenTopic: z.object({ person, chat, topic: integer }),
  deleteTopic: z.object({ person, chat, topic: integer }),
  setForum: z.object({ chat, isForum: flag }),
  read: z.object({
    person,
    chat: chat.optional(),
    topic: integer.optional(),
    since: integer.optional(),
    waitMs: integer.max(30_000).optional(),
  }),
  watch: z.object({
    persons: z.array(integer).max(20),
    since: integer.optional(),
    waitMs: integer.max(30_000).optional(),
  }),
  transcript: z.object({ person, chat, topic: integer.optional(), limit: integer.optional() }),
  listChats: z.object({ person }),
  listTopics: z.object({ chat }),
  listPersons: z.object({}),
  listBots: z.object({ languageCode: z.string().optional() }),
  listCommands: z.object({ person, bot: chat }),
  addFault: z.object({
    effect,
    method: z.string().optional(),
    bot: z.string().optional(),
    chat: integer.optional(),
    count: integer.optional(),
    probability: z.number().min(0).max(1).optional(),
  }),
  clearFaults: z.object({ id: integer.optional() }),
  listFaults: z.object({}),
  setRateLimits: z.object({ isOn: flag }),
  listCalls: z.object({ method: z.string().optional(), limit: integer.optional() }),
} as const

type Schemas = typeof requests
export type Verb = keyof Schemas

export type Request<Name extends Verb> = z.output<Schemas[Name]>
