import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { CustomerContext, SupportShop } from '../../context.ts'
import { homeButton, ticketsButton } from './callbacks.ts'
import { greetingView, ticketsView } from './views.ts'

type GreetingShop = Pick<SupportShop, 'listCustomerTickets' | 'recall'>

/** `/start`, with or without a payload, opens no ticket: the first word of the customer does. */
export function greetingFeature(shop: GreetingShop): Composer<CustomerContext> {
  const feature = new Composer<CustomerContext>()
  const greet = async (ctx: CustomerContext) => {
    const tickets = await shop.listCustomerTickets(ctx.customer.id)
    const client = await shop.recall<{ username?: string }>('bot:client')
    const { firstName } = ctx.customer
    await showView(ctx, greetingView(ctx.t, { firstName, tickets, shop: client?.username ?? null }))
  }
  const list = async (ctx: CustomerContext) =>
    showView(ctx, ticketsView(ctx.t, await shop.listCustomerTickets(ctx.customer.id)))
  feature.command(['start', 'help'], greet)
  feature.command('tickets', list)
  homeButton.handle(feature, greet)
  ticketsButton.handle(feature, list)
  return feature
}
