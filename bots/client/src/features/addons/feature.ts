import { type Addon, type AddonId, type MethodId, type Money, methodIdOf, money, readMethodId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { newRequestId, showView, showViewAt } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { forgetPressed, placeOf } from '../purchase/forget-pressed.ts'
import { askEmail } from '../receipt/ask-email.ts'
import { askTerms } from '../terms/ask-terms.ts'
import { addonName } from './addon-name.ts'
import {
  addonFromBalance,
  chooseAddon,
  chooseAddonTopUp,
  leaveAddon,
  openAddons,
  payAddon,
  payAddonTopUp,
} from './callbacks.ts'
import {
  type AddonScreen,
  addonBoughtView,
  addonInvoiceView,
  addonMethodsView,
  addonsView,
  addonTopUpMethodsView,
  addonTopUpView,
} from './views.ts'

type AddonsShop = Pick<
  Shop,
  | 'listAddons'
  | 'startAddon'
  | 'buyAddon'
  | 'startTopUp'
  | 'getBalance'
  | 'findLastMethod'
  | 'listPaymentMethods'
  | 'quoteCoins'
  | 'getShop'
  | 'getTerms'
  | 'rememberInvoiceMessage'
  | 'forgetInvoiceMessage'
>

/** More devices and traffic for the stretch that runs. `showMenu` takes over a message that showed an invoice. */
export function addonsFeature(
  shop: AddonsShop,
  showMenu: (ctx: ClientContext) => Promise<unknown>,
): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  openAddons.handle(feature, (ctx) => showAddons(shop, ctx))
  chooseAddon.handle(feature, (ctx, { addon }) => showAddon(shop, ctx, addon, { isQuick: true }))
  payAddon.handle(feature, (ctx, { addon, method, request }) => showInvoice(shop, ctx, { addon, method, request }))
  addonFromBalance.handle(feature, async (ctx, { addon, request: requestId, price }) => {
    const shownMinor = /^\d{1,18}$/.test(price) ? BigInt(price) : 0n
    const result = await shop.buyAddon({ customerId: ctx.customer.id, addonId: addon, requestId, shownMinor })
    if (result.kind === 'needs_terms') return askTerms(shop, ctx, ctx.callbackQuery.data)
    await showView(ctx, addonBoughtView(ctx.t, result, addon))
  })
  chooseAddonTopUp.handle(feature, async (ctx, { addon, minor }) => {
    const screen = await topUpScreenOf(shop, ctx, addon, minor)
    await (screen ? showView(ctx, addonTopUpMethodsView(ctx.t, screen)) : showAddons(shop, ctx))
  })
  payAddonTopUp.handle(feature, (ctx, pressed) => showTopUp(shop, ctx, pressed))
  leaveAddon.handle(feature, async (ctx, { addon, to }) => {
    await forgetPressed(shop, ctx)
    await (to === 'menu' ? showMenu(ctx) : showAddon(shop, ctx, addon, { isQuick: false }))
  })
  return feature
}

const showAddons = async (shop: AddonsShop, ctx: ClientContext): Promise<void> =>
  showView(ctx, addonsView(ctx.t, await shop.listAddons(ctx.customer.id)))

/** Days that no way to pay repeats after: an add-on is paid once. */
const listMethods = (shop: AddonsShop, { price, otherPrices }: Pick<Addon, 'price' | 'otherPrices'>) =>
  shop.listPaymentMethods({ price, otherPrices, days: 0 })

async function findAddon(shop: AddonsShop, ctx: ClientContext, id: AddonId) {
  const found = await shop.listAddons(ctx.customer.id)
  const addon = found?.addons.find((one) => one.id === id)
  return found && addon ? { addon, endsAt: found.endsAt } : null
}

/** `isQuick`: the invoice comes at once by the way that the customer paid last, or the only one; the others are one tap away. */
async function showAddon(
  shop: AddonsShop,
  ctx: ClientContext,
  id: AddonId,
  { isQuick }: { readonly isQuick: boolean },
): Promise<void> {
  const found = await findAddon(shop, ctx, id)
  if (!found) return showAddons(shop, ctx)
  const offered = await listMethods(shop, found.addon)
  const balance = await findBalance(shop, ctx, found.addon.price)
  const request = newRequestId()
  const last = await shop.findLastMethod(ctx.customer.id)
  const usual = offered.find((method) => methodIdOf(method) === last) ?? (offered.length === 1 ? offered[0] : undefined)
  ctx.session.shown = { request, minor: found.addon.price.minor.toString() }
  if (isQuick && usual && !balance) return showInvoice(shop, ctx, { addon: id, method: methodIdOf(usual), request })
  await showView(ctx, addonMethodsView(ctx.t, { ...found, offered, balance, request }))
}

/** What the customer has on the balance in this currency; null when it is nothing. */
async function findBalance(shop: AddonsShop, ctx: ClientContext, { currency }: Money): Promise<Money | null> {
  const { amounts } = await shop.getBalance(ctx.customer.id)
  return amounts.find((one) => one.currency === currency && one.minor > 0n) ?? null
}

interface Pressed {
  readonly addon: AddonId
  readonly method: MethodId
  readonly request: string
}

async function showInvoice(shop: AddonsShop, ctx: ClientContext, pressed: Pressed): Promise<void> {
  const { addon: addonId, method: id, request: requestId } = pressed
  const { provider, method } = readMethodId(id)
  const { shown } = ctx.session
  const found = await findAddon(shop, ctx, addonId)
  const result = await shop.startAddon({
    customerId: ctx.customer.id,
    addonId,
    providerId: provider,
    ...(method !== undefined && { method }),
    requestId,
    ...(shown?.request === requestId && { shownMinor: BigInt(shown.minor) }),
    ...(await wordsOf(shop, ctx, found)),
  })
  if (result.kind === 'needs_terms') return askTerms(shop, ctx, payAddon.pack(pressed))
  if (result.kind === 'needs_email') return askEmail(ctx, payAddon.pack(pressed))
  const offered = found ? await listMethods(shop, found.addon) : []
  const quote = result.kind === 'invoice' ? await shop.quoteCoins(provider, result.amount) : null
  const screen = found && { ...found, offered, balance: null, request: requestId }
  const message = await showViewAt(ctx, addonInvoiceView(ctx.t, result, { screen, addonId, method: id, quote }))
  if (result.kind === 'invoice')
    await shop.rememberInvoiceMessage({ ...placeOf(ctx, message), paymentId: result.paymentId })
}

/** What the payer reads on the provider's page, and where it leads back to. */
async function wordsOf(shop: AddonsShop, ctx: ClientContext, found: { readonly addon: Addon } | null) {
  const { name } = await shop.getShop()
  const what = found ? addonName(ctx.t, found.addon) : ''
  const description = ctx.t.plain('addon-description', { shop: name, what })
  return { returnUrl: `https://t.me/${ctx.me.username}`, description }
}

/** Null where the add-on is not offered, or the amount is none. */
async function topUpScreenOf(shop: AddonsShop, ctx: ClientContext, id: AddonId, minor: string) {
  const found = await findAddon(shop, ctx, id)
  if (!found || !/^\d{1,8}$/.test(minor)) return null
  const amount = money(BigInt(minor), found.addon.price.currency)
  const offered = await listMethods(shop, { price: amount, otherPrices: [] })
  return { ...found, amount, offered, balance: null, request: newRequestId() }
}

async function showTopUp(shop: AddonsShop, ctx: ClientContext, pressed: Pressed & { readonly minor: string }) {
  const made = await topUpScreenOf(shop, ctx, pressed.addon, pressed.minor)
  if (!made) return showAddons(shop, ctx)
  const screen: AddonScreen & { readonly amount: Money } = { ...made, request: pressed.request }
  const { provider, method } = readMethodId(pressed.method)
  const result = await shop.startTopUp({
    customerId: ctx.customer.id,
    providerId: provider,
    ...(method !== undefined && { method }),
    amount: screen.amount,
    planId: null,
    addonId: pressed.addon,
    requestId: pressed.request,
    ...(await wordsOf(shop, ctx, made)),
  })
  if (result.kind === 'needs_terms') return askTerms(shop, ctx, payAddonTopUp.pack(pressed))
  if (result.kind === 'needs_email') return askEmail(ctx, payAddonTopUp.pack(pressed))
  const quote = result.kind === 'invoice' ? await shop.quoteCoins(provider, screen.amount) : null
  const message = await showViewAt(ctx, addonTopUpView(ctx.t, result, { ...screen, quote }))
  if (result.kind === 'invoice')
    await shop.rememberInvoiceMessage({ ...placeOf(ctx, message), paymentId: result.paymentId })
}
