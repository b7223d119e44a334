import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { openRenewal, removeCard, turnRenewalOff, turnRenewalOn } from './callbacks.ts'
import { type RenewalAnswer, renewalView } from './views.ts'

type RenewalShop = Pick<Shop, 'getRenewal' | 'switchRenewalOn' | 'switchRenewalOff' | 'removeCard'>

const showRenewal = async (shop: RenewalShop, ctx: ClientContext, result: RenewalAnswer | null = null) =>
  showView(ctx, renewalView(ctx.t, await shop.getRenewal(ctx.customer.id), result))

/** Auto-renewal: what it takes, when and from where, on and off in one tap. */
export function renewalFeature(shop: RenewalShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  openRenewal.handle(feature, (ctx) => showRenewal(shop, ctx))
  turnRenewalOn.handle(feature, async (ctx, { source, minor }) => {
    const isNumber = /^\d{1,18}$/.test(minor)
    const wish = { source, minor: isNumber ? BigInt(minor) : 0n }
    await showRenewal(shop, ctx, await shop.switchRenewalOn(ctx.customer.id, wish))
  })
  turnRenewalOff.handle(feature, async (ctx) => {
    await shop.switchRenewalOff(ctx.customer.id)
    await showRenewal(shop, ctx)
  })
  removeCard.handle(feature, async (ctx, { card }) => {
    const result = await shop.removeCard(ctx.customer.id, card)
    await showRenewal(shop, ctx, result === 'removed' ? 'card_removed' : null)
  })
  return feature
}
