import type { Shop } from '@vpn-kiosk/shop'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { showSeen } from '../../show-seen.ts'
import { openDashboard } from './callbacks.ts'
import { dashboardView } from './views.ts'

export function dashboardFeature(shop: Pick<Shop, 'seeDashboard'>): Composer<AdminContext> {
  const show = async (ctx: AdminContext) =>
    showSeen(ctx, await shop.seeDashboard(ctx.actor), (dashboard) => dashboardView(ctx.t, dashboard))
  const feature = new Composer<AdminContext>()
  feature.command('dashboard', show)
  openDashboard.handle(feature, show)
  return feature
}
