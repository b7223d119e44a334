import type { Shop } from '@vpn-kiosk/shop'
import { bounded } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { showDevices } from '../devices/feature.ts'
import type { MainMenu } from '../menu/main-menu.ts'
import { showPlans } from '../purchase/feature.ts'

/**
 * `/start`, with or without a deep link: says hello and shows the menu. Who invited is known to `recognize` already;
 * the subscription page leads to a screen by its name.
 */
export function startFeature(shop: Shop, main: MainMenu): Composer<ClientContext> {
  const screens: Readonly<Record<string, (ctx: ClientContext) => Promise<unknown>>> = {
    renew: showPlans(shop),
    devices: showDevices(shop),
  }
  const feature = new Composer<ClientContext>()
  feature.command('start', async (ctx) => {
    const screen = Object.hasOwn(screens, ctx.match) ? screens[ctx.match] : undefined
    if (screen) return screen(ctx)
    const name = bounded(ctx.customer.firstName, 40)
    if (!ctx.isNewcomer) return main.show(ctx.t('start-again', { name }))(ctx)
    return main.show(ctx.t('start-hello', { name, shop: (await shop.getShop()).name }))(ctx)
  })
  return feature
}
