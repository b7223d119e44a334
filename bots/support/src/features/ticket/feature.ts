import type { TicketKey } from '@vpn-kiosk/shop'
import { type BotContext, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { SupportShop } from '../../context.ts'
import type { SupportGroup } from '../../relay/support-group.ts'
import type { Refuse } from '../roles/refuse.ts'
import { cardButton, closeButton, reopenButton } from './callbacks.ts'
import { cardView, closedView, reopenedView, supersededView } from './views.ts'

export interface TicketFeatureDeps {
  readonly shop: Pick<SupportShop, 'closeTicket' | 'reopenTicket' | 'getTicketCard' | 'findTopic'>
  readonly supportGroup: SupportGroup
  readonly refuse: Refuse
}

type Answer = (ctx: BotContext, key: TicketKey) => Promise<unknown>

/** Buttons, commands and Telegram's own "close topic", in the agents' group. */
export function ticketFeature(deps: TicketFeatureDeps): Composer<BotContext> {
  const { supportGroup, refuse } = deps
  const feature = new Composer<BotContext>()
  const close = closing(deps)
  const reopen = reopening(deps)
  closeButton.handle(feature, (ctx, { ticket }) => close(ctx, { ticketId: ticket }))
  reopenButton.handle(feature, (ctx, { ticket }) => reopen(ctx, { ticketId: ticket }))
  cardButton.handle(feature, (ctx, { ticket }) => showCard(deps, ctx, { ticketId: ticket }, 'ticket-refreshed'))

  const inTopic = feature.filter((ctx) => ctx.message?.is_topic_message === true && ctx.from?.id !== ctx.me.id)
  const here = (answer: Answer) => (ctx: BotContext) => answer(ctx, topicOf(ctx))
  inTopic.command('close', here(close))
  inTopic.command('reopen', here(reopen))
  inTopic.command('card', async (ctx) => {
    if ((await supportGroup.showCard(topicOf(ctx).topicId, agentOf(ctx))) === 'forbidden') await refuse(ctx)
  })
  // The bot is told of every message in the group; a reply in a chain of General is not in a topic either.
  feature
    .filter((ctx) => ctx.message !== undefined && !ctx.message.is_topic_message && ctx.from?.is_bot === false)
    .command(['close', 'reopen', 'card', 'note'], (ctx) => showOnlyInTopic(supportGroup, ctx))
  // Telegram tells the bot also what the bot itself did: those are left out above, or closing would go in a circle.
  inTopic.on('message:forum_topic_closed', here(close))
  inTopic.on('message:forum_topic_reopened', here(reopen))
  return feature
}

const showOnlyInTopic = (supportGroup: SupportGroup, ctx: BotContext) =>
  ctx.reply(supportGroup.t('ticket-only-in-topic'), {
    parse_mode: 'HTML',
    reply_parameters: { message_id: ctx.msg?.message_id ?? 0, allow_sending_without_reply: true },
  })

const topicOf = (ctx: BotContext) => ({ chatId: ctx.chatId ?? 0, topicId: ctx.msg?.message_thread_id ?? 0 })
const agentOf = (ctx: BotContext): bigint => BigInt(ctx.from?.id ?? 0)

const closing =
  (deps: TicketFeatureDeps): Answer =>
  async (ctx, key) => {
    const { shop, supportGroup } = deps
    const result = await shop.closeTicket(key, agentOf(ctx))
    switch (result.kind) {
      case 'closed':
        await showCard(deps, ctx, key, 'ticket-closed-agent')
        await supportGroup.refreshCard(result.ticket.id, pressedOf(ctx))
        await supportGroup.closeTopic(result.ticket.id)
        await supportGroup.tellCustomer(result.customer, (t) => closedView(t, result.ticket))
        return
      case 'already_closed':
        return showCard(deps, ctx, key, 'ticket-already-closed')
      case 'forbidden':
        return deps.refuse(ctx)
      case 'unknown':
        return showCard(deps, ctx, key, 'button-outdated')
    }
  }

const reopening =
  (deps: TicketFeatureDeps): Answer =>
  async (ctx, key) => {
    const { shop, supportGroup } = deps
    const result = await shop.reopenTicket(key, agentOf(ctx))
    switch (result.kind) {
      case 'reopened':
        await supportGroup.openTopic(result.ticket.id)
        await showCard(deps, ctx, key, 'ticket-reopened-agent')
        await supportGroup.refreshCard(result.ticket.id, pressedOf(ctx))
        await supportGroup.tellCustomer(result.customer, (t) => reopenedView(t, result.ticket))
        return
      case 'already_open':
        return showCard(deps, ctx, key, 'ticket-already-open')
      case 'forbidden':
        return deps.refuse(ctx)
      case 'superseded': {
        const { groupId } = supportGroup.place()
        const there = { groupId, topicId: await shop.findTopic(result.open.id, groupId) }
        await supportGroup.closeTopic(result.ticket.id)
        await supportGroup.say(result.ticket.id, supersededView(supportGroup.t, result.open, there))
        return
      }
      case 'unknown':
        return showCard(deps, ctx, key, 'button-outdated')
    }
  }

/** The message whose button was pressed: it has become the card already. */
const pressedOf = (ctx: BotContext): number | undefined => ctx.callbackQuery?.message?.message_id

/** A pressed card changes in place; after a command or Telegram's own close `refreshCard` sees to it. */
async function showCard(deps: TicketFeatureDeps, ctx: BotContext, key: TicketKey, said: string): Promise<void> {
  if (!ctx.callbackQuery) return
  const { t } = deps.supportGroup
  const seen = await deps.shop.getTicketCard(key, agentOf(ctx))
  if (seen.kind === 'forbidden') await deps.refuse(ctx)
  else if (seen.value) await showView(ctx, cardView(t, seen.value), { answer: t.plain(said) })
  else await ctx.answerCallbackQuery({ text: t.plain('button-outdated') })
}
