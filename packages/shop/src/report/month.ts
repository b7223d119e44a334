import { addDays, startOfDay } from '@vpn-kiosk/domain'

/** A calendar month of the shop: `2026-11`. */
export type Month = `${number}-${string}`

export interface MonthRange {
  readonly from: Date
  /** Exclusive. */
  readonly until: Date
}

export const isMonth = (text: string): text is Month => /^20\d\d-(0[1-9]|1[0-2])$/.test(text)

/** The month that an instant lies in. */
export function monthOf(at: Date, timeZone: string): Month {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(at)
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return `${read('year')}-${read('month')}` as Month
}

/** `addMonths('2026-12', 1)` → `2027-01`. */
export function addMonths(month: Month, count: number): Month {
  const [year = 0, index = 0] = month.split('-').map(Number)
  const at = new Date(Date.UTC(year, index - 1 + count, 1))
  return at.toISOString().slice(0, 7) as Month
}

/** When a month begins and ends in a time zone. */
export const rangeOf = (month: Month, timeZone: string): MonthRange => ({
  from: startOf(month, timeZone),
  until: startOf(addMonths(month, 1), timeZone),
})

/** From the middle of the month back to its first midnight: no time zone is off by so much. */
function startOf(month: Month, timeZone: string): Date {
  const middle = startOfDay(new Date(`${month}-15T12:00:00Z`), timeZone)
  const day = Number(new Intl.DateTimeFormat('en-US', { timeZone, day: 'numeric' }).format(middle))
  // Noon of the first day, whatever the clocks did since.
  return startOfDay(new Date(addDays(middle, 1 - day).getTime() + 12 * 3_600_000), timeZone)
}
