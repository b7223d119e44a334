import type { BareTopic } from '@vpn-kiosk/shop'
import { type BotContext, unlessFailed } from '@vpn-kiosk/telegram'
import type { Api, MiddlewareFn } from 'grammy'
import type { SupportShop } from '../context.ts'
import type { SupportGroup } from './support-group.ts'

export interface AdoptDeps {
  readonly api: Api
  readonly shop: Pick<SupportShop, 'findBareTopic' | 'adoptTopic' | 'dropTopic'>
  readonly supportGroup: Pick<SupportGroup, 'place'>
}

/**
 * Tickets of earlier versions have topics without a group. A topic is taken over when Telegram proves that it stands in
 * this group; otherwise the ticket gets a new one. True when it was taken over. Throws when nobody can tell now.
 */
export async function adoptTopic({ api, shop, supportGroup }: AdoptDeps, bare: BareTopic): Promise<boolean> {
  const { ticketId, topicId } = bare
  const { groupId, botId } = supportGroup.place()
  const of = { ticketId, chatId: groupId, topicId }
  if (await isHere(api, bare, groupId, botId)) {
    await shop.adoptTopic(of)
    return true
  }
  await shop.dropTopic(of)
  return false
}

/**
 * A bot can't read a message by its number, but a forwarded one comes back: the copy of the customer's words is
 * forwarded in its topic without a sound, compared and removed.
 */
async function isHere(api: Api, { topicId, proof }: BareTopic, groupId: number, botId: number): Promise<boolean> {
  if (proof === null) return false
  const options = { message_thread_id: topicId, disable_notification: true }
  const read = await unlessFailed(['gone', 'thread_missing', 'topic_closed', 'other'], () =>
    api.forwardMessage(groupId, groupId, proof.messageId, options),
  )
  if (read === null) return false
  await api.deleteMessage(groupId, read.message_id).catch(() => {})
  const origin = read.forward_origin
  const isOurs = origin?.type === 'user' && origin.sender_user.id === botId
  return isOurs && (read.text ?? read.caption) === proof.text
}

const remembered = 1_000

/** Looks at each topic once, before what an agent writes there is understood. */
export function adoptTopics(deps: AdoptDeps): MiddlewareFn<BotContext> {
  const seen = new Set<number>()
  return async (ctx, next) => {
    const topicId = ctx.msg?.is_topic_message ? ctx.msg.message_thread_id : undefined
    if (topicId !== undefined && !seen.has(topicId)) {
      const bare = await deps.shop.findBareTopic({ chatId: deps.supportGroup.place().groupId, topicId })
      if (bare) await adoptTopic(deps, bare)
      if (seen.size >= remembered) seen.clear()
      seen.add(topicId)
    }
    return next()
  }
}
