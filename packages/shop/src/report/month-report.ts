import type { DiscountCause, LocalizedText, Money, ProviderId } from '@vpn-kiosk/domain'
import type { Month } from './month.ts'

export interface ReportLine {
  readonly provider: ProviderId
  /** Null where it belongs to no plan. */
  readonly plan: LocalizedText | null
  readonly count: number
  readonly amount: Money
}

interface DiscountLine {
  readonly cause: DiscountCause
  readonly count: number
  readonly amount: Money
}

export interface MonthReport {
  readonly month: Month
  readonly previous: Month
  /** Null of the month that runs. */
  readonly next: Month | null
  /** When its figures were made to stand; null while it is open. */
  readonly closedAt: Date | null
  /** The month is over, and whoever may can close it. */
  readonly canClose: boolean
  /** What was sold, by provider and plan. */
  readonly sales: readonly ReportLine[]
  readonly refunds: readonly ReportLine[]
  /** What providers said they keep. */
  readonly fees: readonly ReportLine[]
  /** What was off the list prices of what was sold, in the currency of the price list. */
  readonly discounts: readonly DiscountLine[]
  /** Sold time that passed in the month, until the last midnight. */
  readonly revenue: readonly ReportLine[]
  /** What the shop gave away in the month, and what of it was taken back: bonuses of inviters, money of codes. */
  readonly given: { readonly bonuses: readonly Money[]; readonly credit: readonly Money[] }
  /** What staff gave up, less what turned out to be nobody's; negative where more was kept. Not in a month that an earlier version closed. */
  readonly writtenOff?: readonly Money[]
  /** What the shop owes today, or owed when the month was closed: time that was sold, balances, and money that awaits a decision. */
  readonly owed: {
    readonly deferred: readonly Money[]
    /** Gifts that nobody has activated yet. */
    readonly gifts: readonly Money[]
    readonly balances: readonly Money[]
    readonly suspense: readonly Money[]
  }
}

/** What stands once a month is closed. */
export type MonthFigures = Omit<MonthReport, 'month' | 'previous' | 'next' | 'closedAt' | 'canClose'>
