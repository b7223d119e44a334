import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { askPromo } from './callbacks.ts'
import { askView, redeemedView } from './views.ts'

type PromoShop = Pick<Shop, 'redeemPromo'>

/** Redeems a code that came by a link, by `/promo CODE` or in answer to the question. */
export async function redeem(shop: PromoShop, ctx: ClientContext, typed: string): Promise<void> {
  const result = await shop.redeemPromo(ctx.customer.id, typed)
  await showView(ctx, redeemedView(ctx.t, result))
}

export function promoFeature(shop: PromoShop): Composer<ClientContext> {
  const ask = (ctx: ClientContext) => {
    ctx.session.dialog = { kind: 'promo' }
    return showView(ctx, askView(ctx.t))
  }
  const feature = new Composer<ClientContext>()
  feature.command('promo', (ctx) => (ctx.match.trim() === '' ? ask(ctx) : redeem(shop, ctx, ctx.match)))
  askPromo.handle(feature, ask)
  feature.on('message:text', async (ctx, next) => {
    if (ctx.session.dialog?.kind !== 'promo') return next()
    ctx.session.dialog = null
    await redeem(shop, ctx, ctx.message.text)
  })
  return feature
}
