import type { Figure } from './figures.ts'
import type { Machine } from './machine.ts'

const headings = ['what', 'measured', 'beside it', 'aim', ''] as const

/** A table that reads in a terminal and as Markdown. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, measured, beside, aim, isMet }) => [
    what,
    measured,
    beside,
    aim,
    isMet === null ? '' : isMet ? 'met' : 'MISSED',
  ])
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(headings), rule, ...rows.map(line)].join('\n')
}

export const renderMachine = ({ cores, model, node, postgres, grammy, loadAverage, at }: Machine): string =>
  `${at} · ${cores} cores (${model}) · load ${loadAverage.toFixed(1)} before the run · Node ${node} · Postgres ${postgres} · grammY ${grammy}`
