import { ClosedMonthEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { Month } from './month.ts'
import type { MonthFigures } from './month-report.ts'

export interface ClosedMonth {
  readonly closedAt: Date
  readonly figures: MonthFigures
}

/** A month whose figures stand; null while it is open. */
export async function findClosedMonth(db: ShopDeps['db'], month: Month): Promise<ClosedMonth | null> {
  const row = await db.em().findOne(ClosedMonthEntity, { month })
  return row ? { closedAt: row.closedAt, figures: revive(row.figures) as MonthFigures } : null
}

/** Amounts are written as text, since JSON has no integers of their size. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === 'minor' ? BigInt(String(one)) : revive(one)]),
  )
}
