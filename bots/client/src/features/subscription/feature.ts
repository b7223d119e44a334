import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { addonKindsOf } from '../addons/addon-kinds.ts'
import { openSubscription } from './callbacks.ts'
import { subscriptionView } from './views.ts'

type SubscriptionShop = Pick<Shop, 'suggestPlan' | 'canSwitchPlan' | 'getFreeze' | 'listAddons'>

/** Whoever has bought is offered the same again at one tap. */
export const showSubscription = (shop: SubscriptionShop) => async (ctx: ClientContext) => {
  const hasEnded = ctx.summary?.standing === 'expired' || ctx.summary?.standing === 'traffic_used_up'
  const isBought = ctx.summary?.standing === 'active' && !ctx.summary.isTrial
  const plan = hasEnded || isBought ? await shop.suggestPlan(ctx.customer.id) : null
  const canSwitchPlan = isBought && (await shop.canSwitchPlan(ctx.customer.id))
  const canFreeze = isBought && (await shop.getFreeze(ctx.customer.id)) !== null
  const addons = isBought || hasEnded ? addonKindsOf(await shop.listAddons(ctx.customer.id)) : null
  await showView(ctx, subscriptionView(ctx.t, ctx.summary, { plan, canSwitchPlan, canFreeze, addons }))
}

export function subscriptionFeature(shop: SubscriptionShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  openSubscription.handle(feature, showSubscription(shop))
  return feature
}
