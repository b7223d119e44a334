import { type AddonId, moneyToDecimal } from '@vpn-kiosk/domain'
import type { AddonChange, Seen, Shop, StaffAddon } from '@vpn-kiosk/shop'
import { newRequestId, showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { currencyOf } from '../plans/new-plan.ts'
import { readPrice } from '../plans/read-price.ts'
import { readPrices } from '../plans/read-prices.ts'
import { askAddonPrice, openAddon, openAddons, sellAddon, startAddon } from './callbacks.ts'
import type { AddonDialog, AddonField } from './dialogs.ts'
import { addonFieldView, addonsView, addonView, newAddonView } from './views.ts'

type AddonsShop = Pick<Shop, 'listAddonsAsStaff' | 'createAddon' | 'updateAddon' | 'listPlansAsStaff'>

/** More devices and traffic: what is sold on top of plans. */
export function addonsFeature(shop: AddonsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  feature.command('addons', (ctx) => showAddons(shop, ctx))
  openAddons.handle(feature, (ctx) => showAddons(shop, ctx))
  openAddon.handle(feature, (ctx, { addon }) => showAddon(shop, ctx, addon))
  sellAddon.handle(feature, (ctx, { addon, on }) => change(shop, ctx, { addon, values: { isActive: on } }))
  askAddonPrice.handle(feature, (ctx, { addon, field }) => askPrice(shop, ctx, { addon, field }))
  startAddon.handle(feature, async (ctx, { kind }) => {
    const seen = await shop.listAddonsAsStaff(ctx.actor)
    if (seen.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await askNew(ctx, { kind: 'new_addon', addonKind: kind, requestId: newRequestId(), amount: null })
  })
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    const text = ctx.message.text.trim()
    if (dialog?.kind === 'new_addon') return answerNew(shop, ctx, dialog, text)
    if (dialog?.kind === 'edit_addon') return answerPrice(shop, ctx, dialog, text)
    await next()
  })
  return feature
}

async function showAddons(shop: AddonsShop, ctx: AdminContext): Promise<void> {
  await showSeen(ctx, await shop.listAddonsAsStaff(ctx.actor), (addons) => addonsView(ctx.t, addons))
}

async function findAddon(shop: AddonsShop, ctx: AdminContext, id: AddonId): Promise<Seen<StaffAddon | null>> {
  const seen = await shop.listAddonsAsStaff(ctx.actor)
  return seen.kind === 'seen' ? { kind: 'seen', value: seen.value.find((addon) => addon.id === id) ?? null } : seen
}

async function showAddon(shop: AddonsShop, ctx: AdminContext, id: AddonId, note: string | null = null): Promise<void> {
  await showSeen(ctx, await findAddon(shop, ctx, id), (addon) => addonView(ctx.t, addon, note))
}

type NewAddon = AddonDialog & { readonly kind: 'new_addon' }
type EditAddon = AddonDialog & { readonly kind: 'edit_addon' }

async function askNew(ctx: AdminContext, dialog: NewAddon, problem: string | null = null): Promise<void> {
  ctx.session.dialog = dialog
  await showView(ctx, newAddonView(ctx.t, dialog, problem))
}

/** How much first, then for how much: with that it is made, and is not on sale yet. */
async function answerNew(shop: AddonsShop, ctx: AdminContext, dialog: NewAddon, text: string): Promise<void> {
  const { addonKind: kind, amount, requestId } = dialog
  if (amount === null) {
    if (!/^\+?\d{1,6}$/.test(text)) return askNew(ctx, dialog, ctx.t('addon-problem-amount', { kind }))
    return askNew(ctx, { ...dialog, amount: Number(text) })
  }
  const plans = await shop.listPlansAsStaff(ctx.actor)
  if (plans.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  const currency = currencyOf(plans.value)
  const read = readPrice(text, currency)
  if ('problem' in read) return askNew(ctx, dialog, ctx.t(`plan-problem-${read.problem}`))
  const result = await shop.createAddon(ctx.actor, { kind, amount, price: read.price, currency }, requestId)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind === 'invalid_addon')
    return result.field === 'amount'
      ? askNew(ctx, { ...dialog, amount: null }, ctx.t('addon-problem-amount', { kind }))
      : askNew(ctx, dialog, ctx.t('plan-problem-price'))
  ctx.session.dialog = null
  await showAddon(shop, ctx, result.addonId, ctx.t('addon-created'))
}

interface Asked {
  readonly addon: AddonId
  readonly field: AddonField
}

async function askPrice(
  shop: AddonsShop,
  ctx: AdminContext,
  { addon, field }: Asked,
  problem: string | null = null,
): Promise<void> {
  const seen = await findAddon(shop, ctx, addon)
  if (seen.kind === 'seen' && seen.value)
    ctx.session.dialog = { kind: 'edit_addon', addonId: addon, field, was: shownOf(seen.value, field) }
  await showSeen(ctx, seen, (found) => addonFieldView(ctx.t, found, field, problem))
}

/** The field as it is shown: the verb changes nothing when it is another by the time of the answer. */
const shownOf = ({ price, otherPrices }: StaffAddon, field: AddonField): AddonChange =>
  field === 'price'
    ? { price: moneyToDecimal(price) }
    : { otherPrices: otherPrices.map((one) => ({ price: moneyToDecimal(one), currency: one.currency })) }

async function answerPrice(shop: AddonsShop, ctx: AdminContext, dialog: EditAddon, text: string): Promise<void> {
  const { addonId: addon, field, was } = dialog
  const seen = await findAddon(shop, ctx, addon)
  if (seen.kind === 'forbidden' || !seen.value) return showAddon(shop, ctx, addon)
  const values = readAnswer(field, text, seen.value)
  if ('problem' in values) return askPrice(shop, ctx, { addon, field }, ctx.t(`plan-problem-${values.problem}`))
  await change(shop, ctx, { addon, field, values, was })
}

function readAnswer(field: AddonField, text: string, { price: { currency } }: StaffAddon) {
  if (field === 'price') return readPrice(text, currency)
  const read = readPrices(text, currency)
  return 'prices' in read ? { otherPrices: read.prices } : read
}

interface Change {
  readonly addon: AddonId
  readonly field?: AddonField
  readonly values: AddonChange
  readonly was?: AddonChange
}

async function change(shop: AddonsShop, ctx: AdminContext, { addon, field, values, was = {} }: Change): Promise<void> {
  const result = await shop.updateAddon(ctx.actor, addon, values, was)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (field && result.kind === 'invalid_addon')
    return askPrice(shop, ctx, { addon, field }, ctx.t(`plan-problem-${field}`))
  if (field && result.kind === 'changed_meanwhile')
    return askPrice(shop, ctx, { addon, field }, ctx.t('plan-changed-meanwhile'))
  ctx.session.dialog = null
  await showAddon(shop, ctx, addon, ctx.t('addon-result', { kind: result.kind }))
}
