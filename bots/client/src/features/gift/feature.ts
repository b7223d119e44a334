import { type GiftId, parseGiftPayload } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { type PurchaseShop, showInvoice, showMethods } from '../purchase/feature.ts'
import { forgetPressed } from '../purchase/forget-pressed.ts'
import { askTerms } from '../terms/ask-terms.ts'
import {
  activateGift,
  buyGift,
  chooseGift,
  giftFromBalance,
  keepGift,
  leaveGift,
  listGifts,
  openGifts,
  showGift,
} from './callbacks.ts'
import { renderGiftPicture } from './render-gift-picture.ts'
import { activatedGiftView, giftBoughtView, giftPlansView, giftsView, giftView, openedGiftView } from './views.ts'

type GiftShop = PurchaseShop &
  Pick<Shop, 'listGifts' | 'getGift' | 'findGift' | 'activateGift' | 'buyFromBalance' | 'getShopLogo'>

/** Whether a start payload is meant to open a gift, whatever it holds. */
export const isGiftStart = (payload: string): boolean => payload.startsWith('gift_')

/** What the link of a gift leads to. */
export async function openGift(shop: Pick<Shop, 'findGift'>, ctx: ClientContext, payload: string): Promise<void> {
  const gift = await shop.findGift(ctx.customer.id, parseGiftPayload(payload) ?? '')
  await showView(ctx, openedGiftView(ctx.t, gift))
}

/** Gifts: bought here, passed on, looked after and activated. `showMenu` takes over a message that showed an invoice. */
export function giftFeature(
  shop: GiftShop,
  showMenu: (ctx: ClientContext) => Promise<unknown>,
): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  const showGiftPlans = async (ctx: ClientContext) => {
    const { lines } = await shop.listGifts(ctx.customer.id)
    await showView(ctx, giftPlansView(ctx.t, await shop.listPlans(ctx.customer.id), lines.length > 0))
  }
  feature.command('gift', showGiftPlans)
  openGifts.handle(feature, showGiftPlans)
  chooseGift.handle(feature, (ctx, { plan }) => showMethods(shop, ctx, plan, { kind: 'gift' }))
  buyGift.handle(feature, (ctx, order) => showInvoice(shop, ctx, order, { kind: 'gift' }))
  giftFromBalance.handle(feature, async (ctx, { plan: planId, request: requestId, price }) => {
    const shownMinor = /^\d{1,12}$/.test(price) ? BigInt(price) : 0n
    const wish = { customerId: ctx.customer.id, planId, kind: 'gift', requestId, shownMinor } as const
    const result = await shop.buyFromBalance(wish)
    if (result.kind === 'needs_terms') return askTerms(shop, ctx, ctx.callbackQuery.data)
    await showView(ctx, giftBoughtView(ctx.t, result, planId))
  })
  leaveGift.handle(feature, async (ctx, { plan, to }) => {
    await forgetPressed(shop, ctx)
    if (to === 'menu') await showMenu(ctx)
    else await (to === 'plans' ? showGiftPlans(ctx) : showMethods(shop, ctx, plan, { kind: 'gift' }))
  })
  listGifts.handle(feature, async (ctx, { olderThan }) => {
    await showView(ctx, giftsView(ctx.t, await shop.listGifts(ctx.customer.id, olderThan)))
  })
  showGift.handle(feature, (ctx, { gift }) => showCard(shop, ctx, gift))
  keepGift.handle(feature, async (ctx, { gift: id }) => {
    const gift = await shop.getGift(ctx.customer.id, id)
    await showView(ctx, openedGiftView(ctx.t, await shop.findGift(ctx.customer.id, gift?.code ?? '')))
  })
  activateGift.handle(feature, async (ctx, { code }) => {
    await showView(ctx, activatedGiftView(ctx.t, await shop.activateGift(ctx.customer.id, code)))
  })
  return feature
}

/** One that waits no more has nothing to pass on: the list says what became of it. */
async function showCard(shop: GiftShop, ctx: ClientContext, id: GiftId): Promise<void> {
  const gift = await shop.getGift(ctx.customer.id, id)
  if (gift?.state !== 'waiting') return showView(ctx, giftsView(ctx.t, await shop.listGifts(ctx.customer.id)))
  const picture = await renderGiftPicture(shop, ctx.t, { gift, botName: ctx.me.username })
  await showView(ctx, giftView(ctx.t, gift, { botName: ctx.me.username, picture, heading: null }))
}
