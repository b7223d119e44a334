import type { Shop } from '@vpn-kiosk/shop'
import { renderQr, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openKey, openLinks, openSystem } from './callbacks.ts'
import { isReady, keyView, linksView, systemView } from './views.ts'

type KeyShop = Pick<Shop, 'getKey' | 'policy'>

export const showKey = (shop: KeyShop) => async (ctx: ClientContext) => {
  const key = await shop.getKey(ctx.customer.id)
  const qr = isReady(key) ? await renderQr(key.subscriptionUrl) : null
  const offersTrial = key === null && ctx.trialDays > 0
  await showView(ctx, keyView(ctx.t, { key, qr, offersTrial }))
}

export function keyFeature(shop: KeyShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command(['config', 'key'], showKey(shop))
  openKey.handle(feature, showKey(shop))
  openLinks.handle(feature, async (ctx, { page }) =>
    showView(ctx, linksView(ctx.t, await shop.getKey(ctx.customer.id), page)),
  )
  openSystem.handle(feature, async (ctx, { system }) => {
    const key = await shop.getKey(ctx.customer.id)
    await showView(ctx, systemView(ctx.t, { system, key, publicUrl: shop.policy.publicUrl }))
  })
  return feature
}
