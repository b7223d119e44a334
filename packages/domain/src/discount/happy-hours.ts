import { addMs, minuteMs, wallTime } from '../time/time.ts'

/** So many per cent off at these hours of these days, as the clock on the shop's wall shows them. */
export interface HappyHours {
  /** 1 = Monday … 7 = Sunday. Hours that go over midnight belong to the day on which they begin. */
  readonly weekdays: readonly number[]
  /** Since midnight; up to 1440. An end that is not after the beginning is on the next day. */
  readonly fromMinute: number
  readonly untilMinute: number
  readonly percent: number
}

const dayMinutes = 24 * 60

/** The best of the hours that run now, and until when; null while none do. */
export function findHappyHours(
  all: readonly HappyHours[],
  now: Date,
  timeZone: string,
): { readonly percent: number; readonly endsAt: Date } | null {
  const { weekday, minute } = wallTime(now, timeZone)
  const yesterday = ((weekday + 5) % 7) + 1
  let best: HappyHours | null = null
  for (const hours of all) {
    const { weekdays, fromMinute: from, untilMinute: until } = hours
    const isOvernight = until <= from
    const beganToday = weekdays.includes(weekday) && minute >= from && (isOvernight || minute < until)
    const beganYesterday = isOvernight && weekdays.includes(yesterday) && minute < until
    if ((beganToday || beganYesterday) && (!best || hours.percent > best.percent)) best = hours
  }
  return best && { percent: best.percent, endsAt: nextMinute(best.untilMinute, now, timeZone) }
}

/** When the clock on the wall next shows this minute; where it is changed before that, as it will show then. */
function nextMinute(wanted: number, now: Date, timeZone: string): Date {
  const ahead = (from: number) => (wanted - from + dayMinutes) % dayMinutes || dayMinutes
  const whole = Math.floor(now.getTime() / minuteMs) * minuteMs
  const guess = addMs(new Date(whole), ahead(wallTime(now, timeZone).minute) * minuteMs)
  const off = wallTime(guess, timeZone).minute - (wanted % dayMinutes)
  const nearest = off > dayMinutes / 2 ? off - dayMinutes : off < -dayMinutes / 2 ? off + dayMinutes : off
  return addMs(guess, -nearest * minuteMs)
}
