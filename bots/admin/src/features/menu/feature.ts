import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { openMenu } from './callbacks.ts'
import { menuView } from './views.ts'

export const showMenu = (ctx: AdminContext): Promise<void> => showView(ctx, menuView(ctx.t, ctx.role))

export function menuFeature(): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  feature.command(['start', 'menu', 'cancel', 'help'], showMenu)
  openMenu.handle(feature, showMenu)
  return feature
}
