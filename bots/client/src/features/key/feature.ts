import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { requireChannels } from '../channels/require-channels.ts'
import { openKey, openLinks, openSystem } from './callbacks.ts'
import { renderKeyQr } from './render-key-qr.ts'
import { isReady, keyView, linksView, systemView } from './views.ts'

type KeyShop = Pick<Shop, 'getKey' | 'policy' | 'getShop' | 'getShopLogo' | 'suggestPlan'>

export const showKey = (shop: KeyShop) => requireChannels('use', (ctx) => showOwnKey(shop, ctx))

async function showOwnKey(shop: KeyShop, ctx: ClientContext): Promise<void> {
  const key = await shop.getKey(ctx.customer.id)
  const hasEnded = key !== null && key.standing !== 'active'
  const trial = key === null ? ctx.trial : null
  const [qr, plan] = await Promise.all([
    isReady(key) ? renderKeyQr(shop, key.subscriptionUrl) : null,
    hasEnded ? shop.suggestPlan(ctx.customer.id) : null,
  ])
  await showView(ctx, keyView(ctx.t, { key, qr, trial, plan }))
}

export function keyFeature(shop: KeyShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command(['config', 'key'], showKey(shop))
  openKey.handle(feature, showKey(shop))
  openLinks.handle(feature, (ctx, { page }) =>
    requireChannels('use', async () => showView(ctx, linksView(ctx.t, await shop.getKey(ctx.customer.id), page)))(ctx),
  )
  openSystem.handle(feature, async (ctx, { system }) => {
    const key = await shop.getKey(ctx.customer.id)
    await showView(ctx, systemView(ctx.t, { system, key, publicUrl: shop.policy.publicUrl }))
  })
  return feature
}
