import type { PlanId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { type PurchaseShop, showMethods } from '../purchase/feature.ts'
import { forgetPressed } from '../purchase/forget-pressed.ts'
import { askPromo, askPromoFor, dropPromo } from './callbacks.ts'
import { askView, discountWord, redeemedView } from './views.ts'

type PromoShop = PurchaseShop & Pick<Shop, 'redeemPromo' | 'dropPromo'>

/** Redeems a code that came by a link, by `/promo CODE` or in answer to the question. */
export async function redeem(
  shop: PromoShop,
  ctx: ClientContext,
  typed: string,
  planId: PlanId | null = null,
): Promise<void> {
  const result = await shop.redeemPromo(ctx.customer.id, typed)
  if (result.kind === 'discount' && planId) return showMethods(shop, ctx, planId, { note: discountWord(ctx.t, result) })
  const plans = result.kind === 'discount' ? await shop.listPlans(ctx.customer.id) : []
  await showView(ctx, redeemedView(ctx.t, result, { plans, planId }))
}

export function promoFeature(shop: PromoShop): Composer<ClientContext> {
  const ask = (ctx: ClientContext, planId: PlanId | null = null) => {
    ctx.session.dialog = { kind: 'promo', ...(planId && { planId }) }
    return showView(ctx, askView(ctx.t, planId))
  }
  const feature = new Composer<ClientContext>()
  feature.command('promo', (ctx) => (ctx.match.trim() === '' ? ask(ctx) : redeem(shop, ctx, ctx.match)))
  askPromo.handle(feature, (ctx) => ask(ctx))
  askPromoFor.handle(feature, async (ctx, { plan }) => {
    // The message may have shown an invoice.
    await forgetPressed(shop, ctx)
    await ask(ctx, plan)
  })
  dropPromo.handle(feature, async (ctx, { plan }) => {
    await shop.dropPromo(ctx.customer.id)
    await showMethods(shop, ctx, plan, { note: ctx.t('promo-dropped') })
  })
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    if (dialog?.kind !== 'promo') return next()
    ctx.session.dialog = null
    await redeem(shop, ctx, ctx.message.text, dialog.planId)
  })
  return feature
}
