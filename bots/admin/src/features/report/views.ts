import { addMoney, type Money, money, textIn } from '@vpn-kiosk/domain'
import type { Month, MonthReport, ReportLine } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { providerName } from '../payments/views.ts'
import { askClosing, closeMonth, exportReport, openReport, showChart } from './callbacks.ts'

/** Of each kind; the file has all. */
const shownLines = 8

/** Its middle is in the same month everywhere. */
export const nameOf = (t: Translator, month: Month): string => t.month(new Date(`${month}-15T12:00:00Z`))

export function reportView(
  t: Translator,
  { month, previous, next, given, writtenOff = [], owed, closedAt, canClose, ...report }: MonthReport,
  note: string | null,
): View {
  return {
    text: [
      ...(note ? [note] : []),
      t('report-title', { month: nameOf(t, month) }),
      ...(closedAt ? [t('report-closed', { at: t.date(closedAt) })] : []),
      block(t, 'report-sales', report.sales),
      ...(report.refunds.length > 0 ? [block(t, 'report-refunds', report.refunds)] : []),
      ...(report.fees.length > 0 ? [block(t, 'report-fees', report.fees)] : []),
      ...(report.discounts.length > 0 ? [discountsBlock(t, report.discounts)] : []),
      block(t, 'report-revenue', report.revenue),
      ...(given.bonuses.length + given.credit.length > 0
        ? [t('report-given', { bonuses: sumText(t, given.bonuses), credit: sumText(t, given.credit) })]
        : []),
      ...writtenOffLines(t, writtenOff),
      t(closedAt ? 'report-owed-then' : 'report-owed', {
        deferred: sumText(t, owed.deferred),
        gifts: sumText(t, owed.gifts),
        balances: sumText(t, owed.balances),
        suspense: sumText(t, owed.suspense),
      }),
    ].join('\n\n'),
    keyboard: [
      turning(t, previous, next),
      [showChart.button(t.plain('report-chart'), { month }), exportReport.button(t.plain('report-file'), { month })],
      ...(canClose ? [[askClosing.button(t.plain('report-close'), { month })]] : []),
      menuRow(t),
    ],
  }
}

/** What closing does, before anybody presses. */
export const closingView = (t: Translator, month: Month): View => ({
  text: t('report-closing', { month: nameOf(t, month) }),
  keyboard: [
    [closeMonth.button(t.plain('report-closing-yes'), { month }, 'danger')],
    [openReport.button(t.plain('back'), { month }), ...menuRow(t)],
  ],
})

const turning = (t: Translator, previous: Month, next: Month | null): Keyboard[number] => [
  openReport.button(`‹ ${nameOf(t, previous)}`, { month: previous }),
  ...(next
    ? [openReport.button(`${nameOf(t, next)} ›`, { month: next })]
    : [openReport.button(t.plain('refresh'), { month: null })]),
]

/** What nobody claimed is the shop's, and has the other sign than a loss. */
function writtenOffLines(t: Translator, amounts: readonly Money[]): string[] {
  const lost = amounts.filter(({ minor }) => minor > 0n)
  const kept = amounts.flatMap(({ minor, currency }) => (minor < 0n ? [money(-minor, currency)] : []))
  return [
    ...(lost.length > 0 ? [t('report-written-off', { amount: sumText(t, lost) })] : []),
    ...(kept.length > 0 ? [t('report-unclaimed', { amount: sumText(t, kept) })] : []),
  ]
}

/** A total for each currency, then what it is made of. */
function block(t: Translator, key: string, lines: readonly ReportLine[]): string {
  const count = lines.reduce((sum, line) => sum + line.count, 0)
  const title = t(key, {
    total: sumText(
      t,
      lines.map(({ amount }) => amount),
    ),
    count,
  })
  const parts = lines.slice(0, shownLines).map((line) => lineOf(t, line))
  const hidden = lines.length - parts.length
  return [title, ...parts, ...(hidden > 0 ? [t('report-more', { count: hidden })] : [])].join('\n')
}

/** What was off, by reason; in the price list's currency, whatever was paid in. */
function discountsBlock(t: Translator, lines: MonthReport['discounts']): string {
  const total = sumText(
    t,
    lines.map(({ amount }) => amount),
  )
  const count = lines.reduce((sum, line) => sum + line.count, 0)
  const parts = lines.map(({ cause, amount }) => t('report-discount', { cause, amount: t.money(amount) }))
  return [t('report-discounts', { total, count }), ...parts].join('\n')
}

const lineOf = (t: Translator, { provider, plan, amount }: ReportLine): string =>
  t('report-line', {
    provider: providerName(t, provider),
    plan: plan ? ` · ${textIn(plan, t.language)}` : '',
    amount: t.money(amount),
  })

function sumText(t: Translator, amounts: readonly Money[]): string {
  const sums = new Map<string, Money>()
  for (const amount of amounts) {
    const sum = sums.get(amount.currency)
    sums.set(amount.currency, sum ? addMoney(sum, amount) : amount)
  }
  return [...sums.values()].map(t.money).join(' + ') || t.plain('report-nothing')
}

export const fileView = (t: Translator, month: Month, body: Uint8Array): View => ({
  text: t('report-file-text', { month: nameOf(t, month) }),
  document: { name: `report-${month}.csv`, body },
  keyboard: [[openReport.button(t.plain('back'), { month })], menuRow(t)],
})
