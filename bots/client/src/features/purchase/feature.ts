import { type MethodId, type Money, methodIdOf, type Plan, type PlanId, readMethodId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView, showViewAt } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { buyGift } from '../gift/callbacks.ts'
import { askEmail } from '../receipt/ask-email.ts'
import { askTerms } from '../terms/ask-terms.ts'
import { buyPlan, checkPayment, choosePlan, leaveInvoice, openPlans, renewPlan, saveCard } from './callbacks.ts'
import { checkOutcome } from './check-views.ts'
import { forgetPressed, placeOf } from './forget-pressed.ts'
import { methodsView, plansView, purchaseView, titleOf } from './views.ts'
import { withPreview } from './with-preview.ts'

export type PurchaseShop = Pick<
  Shop,
  | 'listPlans'
  | 'findPlan'
  | 'findHeldPromo'
  | 'getBalance'
  | 'previewPurchase'
  | 'checkRoom'
  | 'startPurchase'
  | 'quoteCoins'
  | 'checkPayment'
  | 'listPaymentMethods'
  | 'getSubscription'
  | 'getShop'
  | 'getTerms'
  | 'rememberInvoiceMessage'
  | 'forgetInvoiceMessage'
>

/** The price list: buying and renewing are the same. */
export const showPlans = (shop: Pick<Shop, 'listPlans' | 'checkRoom'>) => async (ctx: ClientContext) => {
  const room = await shop.checkRoom(ctx.customer.id)
  const { summary } = ctx
  const running = summary?.standing !== 'active' ? 'nothing' : summary.isTrial ? 'trial' : 'subscription'
  await showView(ctx, plansView(ctx.t, await shop.listPlans(ctx.customer.id), { running, room }))
}

/** `showMenu` takes over a message that showed an invoice. */
export function purchaseFeature(
  shop: PurchaseShop,
  showMenu: (ctx: ClientContext) => Promise<unknown>,
): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('buy', showPlans(shop))
  openPlans.handle(feature, showPlans(shop))
  choosePlan.handle(feature, (ctx, { plan }) => showMethods(shop, ctx, plan))
  renewPlan.handle(feature, (ctx, { plan }) => showMethods(shop, ctx, plan))
  buyPlan.handle(feature, (ctx, order) => showInvoice(shop, ctx, order))
  saveCard.handle(feature, (ctx, { on, ...order }) => showInvoice(shop, ctx, order, { savesCard: on }))
  leaveInvoice.handle(feature, async (ctx, { plan, to }) => {
    await forgetPressed(shop, ctx)
    if (to === 'menu') await showMenu(ctx)
    else await (to === 'plans' ? showPlans(shop)(ctx) : showMethods(shop, ctx, plan))
  })
  checkPayment.handle(feature, async (ctx, { payment }) => {
    const result = await shop.checkPayment(ctx.customer.id, payment)
    const outcome = checkOutcome(ctx.t, result, await shop.getSubscription(ctx.customer.id))
    if (outcome.kind === 'alert') return ctx.answerCallbackQuery({ text: outcome.text, show_alert: true })
    await forgetPressed(shop, ctx)
    await showView(ctx, outcome.view, outcome.alert ? { answer: { text: outcome.alert, alert: true } } : {})
  })
  return feature
}

/** One method is no choice: its invoice comes at once, unless there is something to say first. */
export async function showMethods(
  shop: PurchaseShop,
  ctx: ClientContext,
  planId: PlanId,
  { note = null, kind }: { readonly note?: string | null; readonly kind?: 'gift' } = {},
): Promise<void> {
  const plan = await shop.findPlan(ctx.customer.id, planId)
  const offered = plan ? await shop.listPaymentMethods(plan, kind === 'gift' ? undefined : ctx.customer.id) : []
  const request = newRequestId()
  const balance = plan && !plan.isTrial ? await findBalance(shop, ctx, plan) : null
  const held = plan?.isTrial ? null : await shop.findHeldPromo(ctx.customer.id)
  const isGift = kind === 'gift'
  const hasToSay = note !== null || isGift || (held !== null && held.code !== plan?.discount?.code)
  const only = offered.length === 1 && !balance && !hasToSay ? offered[0] : undefined
  if (only !== undefined) return showInvoice(shop, ctx, { plan: planId, method: methodIdOf(only), request })
  const room = await shop.checkRoom(isGift ? null : ctx.customer.id)
  const methods = { offered, request, room, planId, kind }
  if (!plan) return showView(ctx, purchaseView(ctx.t, { kind: 'plan_gone' }, methods))
  if (room === 'closed') return showView(ctx, purchaseView(ctx.t, { kind: 'no_room' }, methods))
  const preview = isGift ? null : await shop.previewPurchase(ctx.customer.id, planId)
  ctx.session.shown = { request, minor: plan.price.minor.toString() }
  await showView(
    ctx,
    withPreview(
      ctx.t,
      methodsView(ctx.t, { plan, balance, held, note, ...methods }),
      preview,
      isGift ? 'served' : room,
    ),
  )
}

/** What the customer has on the balance in the plan's currency; null when it is nothing. */
async function findBalance(shop: PurchaseShop, ctx: ClientContext, { price }: Plan): Promise<Money | null> {
  const { amounts } = await shop.getBalance(ctx.customer.id)
  return amounts.find(({ currency, minor }) => currency === price.currency && minor > 0n) ?? null
}

interface Order {
  readonly plan: PlanId
  readonly method: MethodId
  readonly request: string
}

export async function showInvoice(
  shop: PurchaseShop,
  ctx: ClientContext,
  order: Order,
  { kind, savesCard = false }: { readonly kind?: 'gift'; readonly savesCard?: boolean } = {},
): Promise<void> {
  const plan = await shop.findPlan(ctx.customer.id, order.plan)
  const { name } = await shop.getShop()
  const { provider, method } = readMethodId(order.method)
  const { shown } = ctx.session
  const result = await shop.startPurchase({
    customerId: ctx.customer.id,
    planId: order.plan,
    ...(kind && { kind }),
    ...(savesCard && { savesCard }),
    providerId: provider,
    ...(method !== undefined && { method }),
    requestId: order.request,
    ...(shown?.request === order.request && { shownMinor: BigInt(shown.minor) }),
    returnUrl: `https://t.me/${ctx.me.username}`,
    description: ctx.t.plain(kind === 'gift' ? 'gift-description' : 'invoice-description', {
      shop: name,
      title: plan ? titleOf(ctx.t, plan.title) : '',
    }),
  })
  const buy = kind === 'gift' ? buyGift : buyPlan
  const pressed = savesCard ? saveCard.pack({ ...order, on: true }) : buy.pack(order)
  if (result.kind === 'needs_terms') return askTerms(shop, ctx, pressed)
  if (result.kind === 'needs_email') return askEmail(ctx, pressed)
  const isInvoice = result.kind === 'invoice' && !kind
  const preview = isInvoice ? await shop.previewPurchase(ctx.customer.id, order.plan) : null
  const room = isInvoice ? await shop.checkRoom(ctx.customer.id) : 'served'
  const offered =
    'plan' in result ? await shop.listPaymentMethods(result.plan, kind === 'gift' ? undefined : ctx.customer.id) : []
  const quote = result.kind === 'invoice' ? await shop.quoteCoins(result.providerId, result.amount) : null
  const isRunning = ctx.summary?.standing === 'active'
  const methods = { offered, request: order.request, room, planId: order.plan, kind, quote, isRunning }
  const message = await showViewAt(ctx, withPreview(ctx.t, purchaseView(ctx.t, result, methods), preview, room))
  if (result.kind === 'invoice')
    await shop.rememberInvoiceMessage({ ...placeOf(ctx, message), paymentId: result.paymentId })
}
