import type { Shop } from '@vpn-kiosk/shop'
import { renderShareCard, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { drawCard, openReferral } from './callbacks.ts'
import { cardView, referralLink, referralView } from './views.ts'

type ReferralShop = Pick<Shop, 'getReferral' | 'getShop' | 'getShopLogo'>

const linkOf = (ctx: ClientContext): string => referralLink(ctx.me.username, ctx.customer.referralCode)

export const showReferral = (shop: Pick<Shop, 'getReferral'>) => async (ctx: ClientContext) =>
  showView(ctx, referralView(ctx.t, { ...(await shop.getReferral(ctx.customer.id)), link: linkOf(ctx) }))

export function referralFeature(shop: ReferralShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('referral', showReferral(shop))
  openReferral.handle(feature, showReferral(shop))
  drawCard.handle(feature, async (ctx) => {
    const { name: title, logoVersion } = await shop.getShop()
    const logo = logoVersion === null ? null : await shop.getShopLogo()
    const url = linkOf(ctx)
    await showView(ctx, cardView(ctx.t, url, await renderShareCard({ url, title, ...(logo ? { logo } : {}) })))
  })
  return feature
}
