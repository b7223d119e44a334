import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openReferral } from './callbacks.ts'
import { referralLink, referralView } from './views.ts'

export const showReferral = (shop: Pick<Shop, 'getReferral'>) => async (ctx: ClientContext) => {
  const link = referralLink(ctx.me.username, ctx.customer.referralCode)
  await showView(ctx, referralView(ctx.t, { ...(await shop.getReferral(ctx.customer.id)), link }))
}

export function referralFeature(shop: Pick<Shop, 'getReferral'>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('referral', showReferral(shop))
  openReferral.handle(feature, showReferral(shop))
  return feature
}
