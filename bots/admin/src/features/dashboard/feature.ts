import type { Shop } from '@vpn-kiosk/shop'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { showSeen } from '../../show-seen.ts'
import { openDashboard } from './callbacks.ts'
import { dashboardView } from './views.ts'

type DashboardShop = Pick<Shop, 'getDashboard' | 'listProcesses' | 'listUnreachableStaff'>

export function dashboardFeature(shop: DashboardShop): Composer<AdminContext> {
  const show = async (ctx: AdminContext) => {
    const [seen, processes, unreachable] = await Promise.all([
      shop.getDashboard(ctx.actor),
      shop.listProcesses(),
      shop.listUnreachableStaff(),
    ])
    const down = processes.filter(({ state }) => state !== 'running')
    await showSeen(ctx, seen, (dashboard) =>
      dashboardView(ctx.t, dashboard, { role: ctx.role, down, unreachable: unreachable.length }),
    )
  }
  const feature = new Composer<AdminContext>()
  feature.command('dashboard', show)
  openDashboard.handle(feature, show)
  return feature
}
