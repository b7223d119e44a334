import type { PlanId, ProviderId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { checkPayment, choosePayment, choosePlan, openPlans } from './callbacks.ts'
import { checkOutcome } from './check-views.ts'
import { methodsView, plansView, purchaseView, titleOf } from './views.ts'

type PurchaseShop = Pick<Shop, 'listPlans' | 'startPurchase' | 'checkPayment' | 'providerIds'>

/** The price list: buying and renewing are the same. */
export const showPlans = (shop: Pick<Shop, 'listPlans'>) => async (ctx: ClientContext) => {
  await showView(ctx, plansView(ctx.t, await shop.listPlans(), ctx.summary?.standing === 'active'))
}

export function purchaseFeature(shop: PurchaseShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('buy', showPlans(shop))
  openPlans.handle(feature, showPlans(shop))
  choosePlan.handle(feature, (ctx, { plan }) => showMethods(shop, ctx, plan))
  choosePayment.handle(feature, (ctx, { plan, provider }) => showInvoice(shop, ctx, plan, provider))
  checkPayment.handle(feature, async (ctx, { payment }) => {
    const outcome = checkOutcome(ctx.t, await shop.checkPayment(ctx.customer.id, payment))
    if (outcome.kind === 'alert') await ctx.answerCallbackQuery({ text: outcome.text, show_alert: true })
    else await showView(ctx, outcome.view, outcome.alert ? { answer: { text: outcome.alert, alert: true } } : {})
  })
  return feature
}

/** One method is no choice: its invoice comes at once. */
async function showMethods(shop: PurchaseShop, ctx: ClientContext, planId: PlanId): Promise<void> {
  const providers = shop.providerIds()
  const only = providers.length === 1 ? providers[0] : undefined
  if (only !== undefined) return showInvoice(shop, ctx, planId, only)
  const plan = (await shop.listPlans()).find((one) => one.id === planId)
  await showView(ctx, plan ? methodsView(ctx.t, { plan, providers }) : purchaseView(ctx.t, { kind: 'plan_gone' }, []))
}

async function showInvoice(
  shop: PurchaseShop,
  ctx: ClientContext,
  planId: PlanId,
  providerId: ProviderId,
): Promise<void> {
  const plan = (await shop.listPlans()).find((one) => one.id === planId)
  const result = await shop.startPurchase({
    customerId: ctx.customer.id,
    planId,
    providerId,
    returnUrl: `https://t.me/${ctx.me.username}`,
    description: ctx.t.plain('invoice-description', { title: plan ? titleOf(ctx.t, plan.title) : '' }),
  })
  await showView(ctx, purchaseView(ctx.t, result, shop.providerIds()))
}
