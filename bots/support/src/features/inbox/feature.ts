import type { IncomingMessage } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { CustomerContext, SupportShop } from '../../context.ts'
import { findCopy } from '../../relay/find-copy.ts'
import { readMessage } from '../../relay/read-message.ts'
import type { Relay } from '../../relay/relay.ts'
import { isPersonsEdit } from '../../relay/relay-edit.ts'
import { takenUpView } from '../ticket/views.ts'
import { openedView, reopenedByYouView } from './views.ts'

export interface InboxDeps {
  readonly shop: Pick<SupportShop, 'receiveCustomerMessage' | 'receiveTicketEdit'>
  readonly relay: Relay
}

/** Whatever a customer writes is stored first, then carried into the ticket's topic. */
export function inboxFeature(deps: InboxDeps): Composer<CustomerContext> {
  const feature = new Composer<CustomerContext>()
  feature.on('message', async (ctx, next) => {
    const message = readMessage(ctx.message, ctx.me.id)
    if (message === null) return next()
    await receive(deps, ctx, message)
  })
  feature.on('edited_message', async (ctx) => {
    const edited = ctx.editedMessage
    const message = readMessage(edited, ctx.me.id)
    if (message === null || !isPersonsEdit(edited)) return
    const edit = { ...message, by: { customerId: ctx.customer.id }, supportGroup: deps.relay.supportGroup.place() }
    const found = await findCopy(deps, edit, 'customer')
    if (found.kind === 'unknown_message') await receive(deps, ctx, message)
    if (found.kind === 'copied') await deps.relay.relayEdit('customer', edited, found)
  })
  return feature
}

async function receive({ shop, relay }: InboxDeps, ctx: CustomerContext, message: IncomingMessage): Promise<void> {
  const { kind, ticket } = await shop.receiveCustomerMessage(ctx.customer.id, message)
  relay.carry(ticket.id, 'customer', message.albumId !== null)
  if (kind === 'opened') await showView(ctx, openedView(ctx.t, ticket))
  if (kind !== 'reopened') return
  const { supportGroup } = relay
  await showView(ctx, reopenedByYouView(ctx.t, ticket))
  await supportGroup.refreshCard(ticket.id)
  await supportGroup.openTopic(ticket.id)
  await supportGroup.say(ticket.id, takenUpView(supportGroup.t, ticket, 'customer'))
}
