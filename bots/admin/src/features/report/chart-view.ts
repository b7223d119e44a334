import { money } from '@vpn-kiosk/domain'
import type { Month, ReportDays } from '@vpn-kiosk/shop'
import { renderDayChart, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openReport } from './callbacks.ts'
import { nameOf } from './views.ts'

/** What was sold and earned on each day, in the currency of most sales; the other currencies are in the report. */
export async function chartView(t: Translator, month: Month, { currency, days }: ReportDays): Promise<View> {
  const keyboard = [[openReport.button(t.plain('back'), { month })], menuRow(t)]
  const name = nameOf(t, month)
  if (!currency) return { text: t('report-chart-empty', { month: name }), keyboard }
  const sum = (of: 'sold' | 'earned') =>
    money(
      days.reduce((all, day) => all + day[of], 0n),
      currency,
    )
  const best = largest(days.map(({ sold }) => sold))
  const peak = t.money(money(largest(days.flatMap(({ sold, earned }) => [sold, earned])), currency))
  const sums = { sold: t.money(sum('sold')), earned: t.money(sum('earned')) }
  const photo = await renderDayChart({
    title: t.plain('report-chart-title', { month: name }),
    legend: [t.plain('report-chart-sold'), t.plain('report-chart-earned')],
    days: days.map(({ sold, earned }) => [Number(sold), Number(earned)] as const),
    peak,
  })
  return {
    text: t('report-chart-text', { month: name, best: t.money(money(best, currency)), ...sums }),
    photo,
    keyboard,
  }
}

const largest = (values: readonly bigint[]): bigint => values.toSorted((a, b) => (a < b ? 1 : -1))[0] ?? 0n
