import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { requireChannels } from '../channels/require-channels.ts'
import { type PurchaseShop, showMethods } from '../purchase/feature.ts'
import { takeTrial } from './callbacks.ts'
import { noRoomView, trialView } from './views.ts'

type TrialShop = PurchaseShop & Pick<Shop, 'startTrial' | 'checkRoom'>

/**
 * Starts the trial at once: the key follows as a notification when it is really there. While nobody can be served it
 * does not begin, so that none of its days is lost in waiting.
 */
export const showTrial = (shop: TrialShop) => async (ctx: ClientContext) => {
  if (!ctx.trial || ctx.trial.price) return begin(shop, ctx)
  if ((await shop.checkRoom(ctx.customer.id)) !== 'served') return showView(ctx, noRoomView(ctx.t))
  return requireChannels('trial', () => begin(shop, ctx))(ctx)
}

async function begin(shop: TrialShop, ctx: ClientContext): Promise<unknown> {
  const result = await shop.startTrial(ctx.customer.id)
  if (result.kind === 'costs') return showMethods(shop, ctx, result.planId)
  return showView(ctx, trialView(ctx.t, result))
}

export function trialFeature(shop: TrialShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('trial', showTrial(shop))
  takeTrial.handle(feature, showTrial(shop))
  return feature
}
