import type { Context } from 'grammy'

/**
 * Which updates must not overlap: those of one chat (in a forum: of one topic) and those of one person. A checkout
 * question has ten seconds and so waits for nobody.
 *
 * @example
 * bot.use(sequentialize(orderKeys))
 */
export function orderKeys(ctx: Context): string[] {
  if (ctx.preCheckoutQuery || ctx.shippingQuery) return []
  const topic = ctx.msg?.is_topic_message ? `:${ctx.msg.message_thread_id}` : ''
  const keys: string[] = []
  if (ctx.chatId !== undefined) keys.push(`chat:${ctx.chatId}${topic}`)
  if (ctx.from) keys.push(`person:${ctx.from.id}`)
  return keys
}
