import { minuteMs } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { freeze, openFreeze, unfreeze } from './callbacks.ts'
import { type FreezeAnswer, freezeView } from './views.ts'

type FreezeShop = Pick<Shop, 'getFreeze' | 'freezeSubscription' | 'unfreezeSubscription'>

/** A subscription whose time stands still for a while: what that does, and on and off in one tap. */
export function freezeFeature(shop: FreezeShop): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  const show = async (ctx: ClientContext, answer: FreezeAnswer | null = null) =>
    showView(ctx, freezeView(ctx.t, await shop.getFreeze(ctx.customer.id), answer))
  const wishOf = (ctx: ClientContext, end: number) => ({
    customerId: ctx.customer.id,
    endsAt: new Date(end * minuteMs),
  })
  openFreeze.handle(feature, (ctx) => show(ctx))
  freeze.handle(feature, async (ctx, { end }) => show(ctx, await shop.freezeSubscription(wishOf(ctx, end))))
  unfreeze.handle(feature, async (ctx, { end }) => show(ctx, await shop.unfreezeSubscription(wishOf(ctx, end))))
  return feature
}
