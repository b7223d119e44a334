import type { Currency, Plan, PlanId } from '@vpn-kiosk/domain'

/** What a shop's words mean. */
export interface PromoWords {
  readonly currency: Currency
  readonly plans: readonly Plan[]
  /** The midnight with which a day of the calendar begins, or that after it; null where there is no such day. */
  readonly startOf: (day: string) => Date | null
  readonly endOf: (day: string) => Date | null
  /** `2026-11-27`: a day without a year is the next one. */
  readonly today: string
}

/** What a line says so far; each may be said once. */
export interface Said {
  code?: string
  percent?: number
  days?: number
  amount?: { readonly minor: bigint; readonly currency: Currency }
  /** The amount is off a purchase, or goes to the balance; unsaid: to the balance. */
  isOff?: boolean
  mostUses?: number
  mostUsesEach?: number
  many?: number
  isForNewcomers?: boolean
  plans?: readonly PlanId[]
  startsAt?: Date
  endsAt?: Date
}
