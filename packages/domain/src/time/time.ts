/** Time is an argument: whoever needs the present asks a clock it was handed. */
export interface Clock {
  now(): Date
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const addMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
export const addDays = (at: Date, days: number): Date => addMs(at, days * dayMs)
export const isBefore = (a: Date, b: Date): boolean => a.getTime() < b.getTime()
export const latest = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b)

/** Whole days left, rounded up: 23 hours are "1 day". Zero once `until` has passed. */
export const daysLeft = (now: Date, until: Date): number =>
  Math.max(0, Math.ceil((until.getTime() - now.getTime()) / dayMs))

/** The instant at which the calendar day of `at` began in `timeZone` (an IANA name). */
export function startOfDay(at: Date, timeZone: string): Date {
  const guess = addMs(at, -sinceMidnightMs(at, timeZone))
  // On a day on which the clocks are changed, the guess is off by as much, to either side of midnight.
  const offMs = sinceMidnightMs(guess, timeZone)
  return addMs(guess, offMs > dayMs / 2 ? dayMs - offMs : -offMs)
}

/** The midnight with which the day ends that is so many days after that of `at`. */
export const endOfDay = (at: Date, days: number, timeZone: string): Date =>
  startOfDay(addDays(addMs(startOfDay(at, timeZone), dayMs / 2), days + 1), timeZone)

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The day of the week (1 = Monday … 7 = Sunday) and the minute since midnight that the clock on the wall shows. */
export function wallTime(at: Date, timeZone: string): { readonly weekday: number; readonly minute: number } {
  const day =
    wallClock(timeZone)
      .formatToParts(at)
      .find(({ type }) => type === 'weekday')?.value ?? ''
  return { weekday: weekdays.indexOf(day) + 1, minute: Math.floor(sinceMidnightMs(at, timeZone) / minuteMs) }
}

/** What the clock on the wall shows. */
function sinceMidnightMs(at: Date, timeZone: string): number {
  const parts = wallClock(timeZone).formatToParts(at)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return read('hour') * hourMs + read('minute') * minuteMs + read('second') * 1000 + at.getUTCMilliseconds()
}

/** Making one takes a hundred times as long as reading it; a shop has one time zone, and there are a few hundred in all. */
const wallClocks = new Map<string, Intl.DateTimeFormat>()

function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone)
  if (known) return known
  const time = { weekday: 'short', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...time })
  wallClocks.set(timeZone, made)
  return made
}
