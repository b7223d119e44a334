import type { CustomerId } from '@vpn-kiosk/domain'
import type { DiscountSettingsChange, Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { type CustomersShop, showCard } from '../customers/feature.ts'
import { askDiscount, askHours, askWinBack, dropHours, openDiscounts } from './callbacks.ts'
import { groupsFeature } from './groups.ts'
import { parseHours } from './hours-word.ts'
import { readHours } from './read-hours.ts'
import { readPercent } from './read-percent.ts'
import { askingDiscountView, askingView, discountsView } from './views.ts'

type DiscountsShop = CustomersShop &
  Pick<
    Shop,
    | 'getDiscountSettings'
    | 'changeDiscountSettings'
    | 'setPersonalDiscount'
    | 'countGroupMembers'
    | 'putInGroup'
    | 'policy'
  >

/** What the shop takes off by itself: happy hours, the offer of winning back, and what one customer has off. */
export function discountsFeature(shop: DiscountsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  openDiscounts.handle(feature, (ctx) => show(shop, ctx))
  askHours.handle(feature, (ctx) => {
    ctx.session.dialog = { kind: 'happy_hours' }
    return showView(ctx, askingView(ctx.t, 'hours'))
  })
  askWinBack.handle(feature, (ctx) => {
    ctx.session.dialog = { kind: 'win_back_offer' }
    return showView(ctx, askingView(ctx.t, 'win-back'))
  })
  dropHours.handle(feature, (ctx, { hours: word }) => {
    const hours = parseHours(word)
    return hours ? change(shop, ctx, { kind: 'drop_hours', hours }) : show(shop, ctx)
  })
  askDiscount.handle(feature, (ctx, { customer }) => {
    ctx.session.dialog = { kind: 'personal_discount', customerId: customer }
    return showView(ctx, askingDiscountView(ctx.t, customer))
  })
  feature.use(groupsFeature(shop))
  feature.on('message:text', async (ctx, next) => {
    const { dialog } = ctx.session
    const { text } = ctx.message
    if (dialog?.kind === 'happy_hours') return addHours(shop, ctx, text)
    if (dialog?.kind === 'win_back_offer') return setWinBack(shop, ctx, text)
    if (dialog?.kind === 'personal_discount') return setDiscount(shop, ctx, dialog.customerId, text)
    return next()
  })
  return feature
}

const show = async (shop: DiscountsShop, ctx: AdminContext, note: string | null = null): Promise<void> =>
  showSeen(ctx, await shop.getDiscountSettings(ctx.actor), (settings) =>
    discountsView(ctx.t, settings, { zone: shop.policy.timeZone, note }),
  )

async function addHours(shop: DiscountsShop, ctx: AdminContext, text: string): Promise<void> {
  const hours = readHours(text)
  if (!hours) return showView(ctx, askingView(ctx.t, 'hours', 'invalid_hours'))
  await change(shop, ctx, { kind: 'add_hours', hours })
}

async function setWinBack(shop: DiscountsShop, ctx: AdminContext, text: string): Promise<void> {
  const read = readPercent(text)
  if (!read) return showView(ctx, askingView(ctx.t, 'win-back', 'invalid_offer'))
  await change(shop, ctx, { kind: 'win_back', winBack: { percent: read.percent, days: read.days ?? 3 } })
}

async function change(shop: DiscountsShop, ctx: AdminContext, wish: DiscountSettingsChange): Promise<void> {
  const result = await shop.changeDiscountSettings(ctx.actor, wish)
  if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
  if (result.kind !== 'changed')
    return showView(ctx, askingView(ctx.t, wish.kind === 'win_back' ? 'win-back' : 'hours', result.kind))
  ctx.session.dialog = null
  await show(shop, ctx, ctx.t('settings-saved'))
}

async function setDiscount(shop: DiscountsShop, ctx: AdminContext, id: CustomerId, text: string): Promise<void> {
  const read = readPercent(text)
  const result = read && (await shop.setPersonalDiscount(ctx.actor, id, read))
  if (!result || result.kind === 'invalid_discount')
    return showView(ctx, askingDiscountView(ctx.t, id, 'invalid_discount'))
  ctx.session.dialog = null
  await showCard(shop, ctx, id, { outcome: result.kind })
}
