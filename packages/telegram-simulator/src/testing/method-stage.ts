import { type Bot, InputFile } from 'grammy'
import { fileFrom } from '../people/sample-file.ts'
import type { MediaKind } from '../world/message.ts'
import { chat, createBot, openScene, type Scene } from './bot-harness.ts'

/** What a method may need: somebody to write to, a group, a topic, a message. */
export interface Stage extends Scene {
  readonly bot: Bot
  readonly boris: number
  /** A forum of Anna's, in which the bot may do everything. */
  readonly group: number
  readonly topic: number
  /** The bot's text in Anna's private chat. */
  readonly said: number
}

export const order = {
  title: 'Month',
  description: 'A month',
  payload: 'p1',
  currency: 'XTR',
  prices: [{ label: 'Month', amount: 150 }],
}

export async function openStage(): Promise<Stage> {
  const scene = await openScene()
  const { people, anna } = scene
  people.start({ person: anna, bot: chat })
  const boris = people.createPerson({ firstName: 'Boris' }).id
  const group = people.createGroup({ title: 'Desk', owner: anna, members: [boris], bots: [{ bot: chat }] }).id
  const { topic } = people.createTopic({ person: anna, chat: group, name: 'First' })
  const bot = createBot(scene)
  const reply_markup = { inline_keyboard: [[{ text: 'Buy', callback_data: 'b' }]] }
  const { message_id: said } = await bot.api.sendMessage(anna, 'Hi', { reply_markup })
  return { ...scene, bot, boris, group, topic, said }
}

export async function upload(kind: MediaKind): Promise<InputFile> {
  const { bytes, name } = await fileFrom(kind, undefined)
  return new InputFile(bytes, name)
}

/** The query that a person has just sent: it is there at once. */
export async function findQuery({ bot }: Stage, kind: 'callback_query' | 'pre_checkout_query') {
  const updates = await bot.api.getUpdates()
  const query = updates.flatMap((update) => update[kind] ?? [])[0]
  if (!query) throw new Error(`There is no ${kind}`)
  return query
}

/** Anna buys for 150 stars; the id of the charge. */
export async function buy(stage: Stage, more: { readonly subscription_period?: number } = {}): Promise<string> {
  const { bot, people, anna } = stage
  const link = await bot.api.raw.createInvoiceLink({ ...order, ...more })
  const paid = people.pay({ person: anna, bot: chat, link })
  await bot.api.answerPreCheckoutQuery((await findQuery(stage, 'pre_checkout_query')).id, true)
  const result = await paid
  if (result.kind !== 'paid') throw new Error(`The payment was ${result.kind}`)
  return result.chargeId
}
