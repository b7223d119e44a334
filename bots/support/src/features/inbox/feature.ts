import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { CustomerContext, SupportShop } from '../../context.ts'
import { carryEdit } from '../../relay/carry-edit.ts'
import { findCopy } from '../../relay/find-copy.ts'
import { readMessage } from '../../relay/read-message.ts'
import type { Relay } from '../../relay/relay.ts'
import { takenUpView } from '../desk/views.ts'
import { editedView, openedView, reopenedByYouView } from './views.ts'

export interface InboxDeps {
  readonly shop: Pick<SupportShop, 'receiveCustomerMessage' | 'receiveTicketEdit'>
  readonly relay: Relay
  readonly groupId: number
}

/** Whatever a customer writes is stored first, then carried into the ticket's topic. */
export function inboxFeature(deps: InboxDeps): Composer<CustomerContext> {
  const { shop, relay } = deps
  const feature = new Composer<CustomerContext>()
  feature.on('message', async (ctx, next) => {
    const message = readMessage(ctx.message)
    if (message === null) return next()
    const { kind, ticket } = await shop.receiveCustomerMessage(ctx.customer.id, message)
    relay.carry(ticket.id, 'customer', message.albumId !== null)
    if (kind === 'opened') await showView(ctx, openedView(ctx.t, ticket))
    if (kind === 'reopened') {
      await showView(ctx, reopenedByYouView(ctx.t, ticket))
      await relay.desk.openTopic(ticket.topicId)
      await relay.desk.say(ticket.topicId, takenUpView(relay.desk.t, ticket, 'customer'))
    }
  })
  feature.on('edited_message', (ctx) => carryCustomerEdit(deps, ctx))
  return feature
}

async function carryCustomerEdit({ shop, relay, groupId }: InboxDeps, ctx: CustomerContext): Promise<void> {
  const edited = ctx.editedMessage
  if (!edited) return
  const text = edited.text ?? edited.caption ?? null
  const by = { customerId: ctx.customer.id }
  const result = await findCopy({ shop, relay }, { by, sourceMessageId: edited.message_id, text }, 'customer')
  if (!result) return
  const target = { chatId: groupId, copyMessageId: result.copyMessageId }
  if ((await carryEdit(ctx.api, edited, target)) || text === null) return
  await relay.desk.say(result.topicId, editedView(relay.desk.t, text))
}
