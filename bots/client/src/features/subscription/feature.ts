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
  openPayments.handle(feature, async (ctx, { page }) =>
    showView(ctx, paymentsView(ctx.t, await shop.listPayments({ customerId: ctx.customer.id, page }))),
  )
  return feature
}
