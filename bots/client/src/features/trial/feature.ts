import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { takeTrial } from './callbacks.ts'
import { trialView } from './views.ts'

/** Starts the trial at once: the key follows as a notice when it is really there. */
export const showTrial = (shop: Pick<Shop, 'startTrial'>) => async (ctx: ClientContext) =>
  showView(ctx, trialView(ctx.t, await shop.startTrial(ctx.customer.id)))

export function trialFeature(shop: Pick<Shop, 'startTrial'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('trial', showTrial(shop))
  takeTrial.handle(feature, showTrial(shop))
  return feature
}
