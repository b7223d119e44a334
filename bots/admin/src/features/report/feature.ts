import { isMonth, type Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import { askClosing, closeMonth, exportReport, openReport, showChart } from './callbacks.ts'
import { chartView } from './chart-view.ts'
import { closingView, fileView, reportView } from './views.ts'

type ReportShop = Pick<Shop, 'getMonthReport' | 'listReportDays' | 'exportMonth' | 'closeMonth'>

/** The money of a month, and the file that an accountant wants. */
export function reportFeature(shop: ReportShop): Composer<AdminContext> {
  const show = async (ctx: AdminContext, text: string | null, note: string | null = null) => {
    const month = text !== null && isMonth(text) ? text : undefined
    await showSeen(ctx, await shop.getMonthReport(ctx.actor, month), (report) => reportView(ctx.t, report, note))
  }
  const feature = new Composer<AdminContext>()
  feature.command('report', (ctx) => show(ctx, ctx.match.trim()))
  openReport.handle(feature, (ctx, { month }) => show(ctx, month))
  exportReport.handle(feature, async (ctx, { month }) => {
    if (!isMonth(month)) return show(ctx, null)
    const seen = await shop.exportMonth(ctx.actor, month)
    await showView(ctx, seen.kind === 'seen' ? fileView(ctx.t, month, seen.value) : forbiddenView(ctx.t))
  })
  showChart.handle(feature, async (ctx, { month }) => {
    if (!isMonth(month)) return show(ctx, null)
    const seen = await shop.listReportDays(ctx.actor, month)
    await showView(ctx, seen.kind === 'seen' ? await chartView(ctx.t, month, seen.value) : forbiddenView(ctx.t))
  })
  askClosing.handle(feature, async (ctx, { month }) => {
    if (!isMonth(month)) return show(ctx, null)
    await showView(ctx, closingView(ctx.t, month))
  })
  closeMonth.handle(feature, async (ctx, { month }) => {
    if (!isMonth(month)) return show(ctx, null)
    const { kind } = await shop.closeMonth(ctx.actor, month)
    if (kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await show(ctx, month, ctx.t('report-closing-result', { kind }))
  })
  return feature
}
