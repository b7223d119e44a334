import { type MethodId, type Money, methodIdOf, money, type Plan, type PlanId, readMethodId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView, showViewAt } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { forgetPressed, placeOf } from '../purchase/forget-pressed.ts'
import { askEmail } from '../receipt/ask-email.ts'
import { askTerms } from '../terms/ask-terms.ts'
import {
  buyFromBalance,
  chooseGiftTopUp,
  chooseTopUp,
  leaveTopUp,
  openBalance,
  payGiftTopUp,
  payTopUp,
} from './callbacks.ts'
import { balanceView, boughtView, type TopUpScreen, topUpMethodsView, topUpView } from './views.ts'

type BalanceShop = Pick<
  Shop,
  | 'getBalance'
  | 'getReceiptEmail'
  | 'listPlans'
  | 'findPlan'
  | 'listPaymentMethods'
  | 'startTopUp'
  | 'quoteCoins'
  | 'buyFromBalance'
  | 'getShop'
  | 'getTerms'
  | 'rememberInvoiceMessage'
  | 'forgetInvoiceMessage'
>

const showBalance =
  (shop: Pick<Shop, 'getBalance' | 'listPlans' | 'getReceiptEmail'>) => async (ctx: ClientContext) => {
    const [cheapest = null] = await shop.listPlans()
    const { id } = ctx.customer
    const { email, isNeeded } = await shop.getReceiptEmail(id)
    const hasReceipts = isNeeded || email !== null
    await showView(ctx, balanceView(ctx.t, await shop.getBalance(id), { cheapest, hasReceipts }))
  }

/**
 * What a customer has on the balance: it is topped up here, and pays for subscriptions. `showMenu` takes over a message
 * that showed an invoice.
 */
export function balanceFeature(
  shop: BalanceShop,
  showMenu: (ctx: ClientContext) => Promise<unknown>,
): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('balance', showBalance(shop))
  openBalance.handle(feature, showBalance(shop))
  chooseTopUp.handle(feature, (ctx, wish) => showTopUp(shop, ctx, wish))
  chooseGiftTopUp.handle(feature, (ctx, wish) => showTopUp(shop, ctx, { ...wish, isGift: true }))
  payTopUp.handle(feature, (ctx, pressed) => openTopUp(shop, ctx, pressed))
  payGiftTopUp.handle(feature, (ctx, pressed) => openTopUp(shop, ctx, { ...pressed, isGift: true }))
  leaveTopUp.handle(feature, async (ctx, { to }) => {
    await forgetPressed(shop, ctx)
    await (to === 'menu' ? showMenu : showBalance(shop))(ctx)
  })
  buyFromBalance.handle(feature, async (ctx, { plan, request, price }) => {
    const shown = /^\d{1,18}$/.test(price) ? { shownMinor: BigInt(price) } : {}
    const wish = { customerId: ctx.customer.id, planId: plan, requestId: request }
    const result = await shop.buyFromBalance({ ...wish, ...shown })
    if (result.kind === 'needs_terms') return askTerms(shop, ctx, ctx.callbackQuery.data)
    await showView(ctx, boughtView(ctx.t, result, plan))
  })
  return feature
}

interface Wish {
  readonly minor: string
  readonly plan: PlanId | null
  readonly isGift?: boolean
}

/** The ways to pay; one is no choice. */
async function showTopUp(shop: BalanceShop, ctx: ClientContext, wish: Wish): Promise<void> {
  const screen = await screenOf(shop, ctx, wish)
  if (!screen) return showBalance(shop)(ctx)
  const [only, ...others] = screen.methods
  if (only && others.length === 0) return showInvoice(shop, ctx, screen, methodIdOf(only))
  await showView(ctx, topUpMethodsView(ctx.t, screen))
}

async function openTopUp(
  shop: BalanceShop,
  ctx: ClientContext,
  { method, request, ...wish }: Wish & { readonly method: string; readonly request: string },
): Promise<void> {
  const screen = await screenOf(shop, ctx, wish)
  if (!screen) return showBalance(shop)(ctx)
  await showInvoice(shop, ctx, { ...screen, request }, method)
}

/** Null where the amount is none, or nothing is on sale whose currency it could be in. */
async function screenOf(shop: BalanceShop, ctx: ClientContext, { minor, ...of }: Wish): Promise<TopUpScreen | null> {
  const [cheapest] = await shop.listPlans()
  if (!cheapest || !/^\d{1,8}$/.test(minor)) return null
  const amount = money(BigInt(minor), cheapest.price.currency)
  const wanted = of.plan && (await shop.findPlan(ctx.customer.id, of.plan))
  return { amount, ...of, wanted, methods: await listMethods(shop, cheapest, amount), request: newRequestId() }
}

/** Those that collect the balance's currency itself. */
const listMethods = (shop: BalanceShop, plan: Plan, amount: Money) =>
  shop.listPaymentMethods({ ...plan, price: amount, otherPrices: [] })

async function showInvoice(
  shop: BalanceShop,
  ctx: ClientContext,
  screen: TopUpScreen,
  methodId: MethodId,
): Promise<void> {
  const { name } = await shop.getShop()
  const { provider, method } = readMethodId(methodId)
  const result = await shop.startTopUp({
    customerId: ctx.customer.id,
    providerId: provider,
    ...(method !== undefined && { method }),
    amount: screen.amount,
    planId: screen.plan,
    ...(screen.isGift && { isGift: true }),
    requestId: screen.request,
    returnUrl: `https://t.me/${ctx.me.username}`,
    description: ctx.t.plain('top-up-description', { shop: name }),
  })
  if (result.kind === 'needs_email' || result.kind === 'needs_terms') {
    const { plan, isGift, request } = screen
    const of = { minor: screen.amount.minor.toString(), method: methodId, request }
    const pressed = isGift && plan ? payGiftTopUp.pack({ ...of, plan }) : payTopUp.pack({ ...of, plan })
    return result.kind === 'needs_email' ? askEmail(ctx, pressed) : askTerms(shop, ctx, pressed)
  }
  const quote = result.kind === 'invoice' ? await shop.quoteCoins(provider, screen.amount) : null
  const shown = await showViewAt(ctx, topUpView(ctx.t, result, { ...screen, quote }))
  if (result.kind === 'invoice')
    await shop.rememberInvoiceMessage({ ...placeOf(ctx, shown), paymentId: result.paymentId })
}
