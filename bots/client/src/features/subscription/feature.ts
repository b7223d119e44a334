import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openPayments, openSubscription } from './callbacks.ts'
import { paymentsView, subscriptionView } from './views.ts'

export const showSubscription = () => (ctx: ClientContext) => showView(ctx, subscriptionView(ctx.t, ctx.summary))

export function subscriptionFeature(shop: Pick<Shop, 'listPayments'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  openSubscription.handle(feature, showSubscription())
  openPayments.handle(feature, async (ctx, { olderThan }) => {
    const of = { customerId: ctx.customer.id, ...(olderThan ? { olderThan } : {}) }
    await showView(ctx, paymentsView(ctx.t, await shop.listPayments(of), olderThan === null))
  })
  return feature
}
