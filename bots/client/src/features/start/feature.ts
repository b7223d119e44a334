import type { Menu } from '@grammyjs/menu'
import { bounded } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { ClientContext } from '../../context.ts'
import { showMainMenu } from '../menu/feature.ts'

/** `/start`, with or without a deep link: says hello and shows the menu. Who invited is known to `recognize` already. */
export function startFeature(menu: Menu<ClientContext>): Composer<ClientContext> {
  const feature = new Composer<ClientContext>()
  feature.command('start', async (ctx) => {
    const name = bounded(ctx.customer.firstName, 40)
    await showMainMenu(menu, ctx.t(ctx.isNewcomer ? 'start-hello' : 'start-again', { name }))(ctx)
  })
  return feature
}
