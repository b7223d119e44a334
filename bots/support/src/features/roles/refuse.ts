import type { BotContext } from '@vpn-kiosk/telegram'
import type { SupportShop } from '../../context.ts'
import type { SupportGroup } from '../../relay/support-group.ts'
import { type Refusal, refusedView } from './views.ts'

/** Says under a message, or over the chat after a button, that its author may not do this. */
export type Refuse = (ctx: BotContext) => Promise<void>

const quietMs = 3_600_000
const remembered = 1_000

/** A person who goes on writing in a topic is told once an hour; a button is answered each time. */
export function createRefuse(
  shop: Pick<SupportShop, 'askForRole'>,
  supportGroup: SupportGroup,
  now: () => number = () => performance.now(),
): Refuse {
  const saidAt = new Map<string, number>()
  return async (ctx) => {
    if (ctx.callbackQuery) {
      await ctx.answerCallbackQuery({ text: supportGroup.t.plain('roles-needed'), show_alert: true })
      return
    }
    const { from, msg } = ctx
    if (!from || msg?.message_thread_id === undefined) return
    const sender = msg.sender_chat
    const key = `${msg.message_thread_id}:${sender?.id ?? from.id}`
    const last = saidAt.get(key)
    if (last !== undefined && now() - last < quietMs) return
    if (saidAt.size >= remembered) saidAt.clear()
    saidAt.set(key, now())
    const refusal: Refusal = sender === undefined ? 'role' : sender.id === ctx.chatId ? 'anonymous' : 'channel'
    const view = refusedView(supportGroup.t, refusal, { id: from.id, name: from.first_name })
    await supportGroup.sayIn(msg.message_thread_id, view, msg.message_id)
    if (refusal === 'role') await shop.askForRole({ telegramId: BigInt(from.id), name: from.first_name })
  }
}
