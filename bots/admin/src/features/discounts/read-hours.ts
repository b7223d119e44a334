import type { HappyHours } from '@vpn-kiosk/domain'
import { latin } from '../promo/latin.ts'

const weekdays: readonly RegExp[] = [
  /^(mo|mon|monday|pn|ponedelnik)$/,
  /^(tu|tue|tuesday|vt|vtornik)$/,
  /^(we|wed|wednesday|sr|sreda)$/,
  /^(th|thu|thursday|cht|chetverg)$/,
  /^(fr|fri|friday|pt|pyatnica)$/,
  /^(sa|sat|saturday|sb|subbota)$/,
  /^(su|sun|sunday|vs|voskresene)$/,
]
const everyDay = /^(daily|every day|always|ezhednevno|kazhdyy den|vsegda|)$/

/** `fri-sun 18:00-22:00 20%`, in English or Russian; without days it is every day. Null where it is none. */
export function readHours(text: string): HappyHours | null {
  const line = latin(text.slice(0, 200).replaceAll(/[\u2012-\u2015\u2212]/g, '-')).trim()
  const match = /^(.*?)\s*(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?\s+-?(\d{1,2})\s*%$/.exec(line)
  if (!match) return null
  const [, days = '', fromHour, fromMinutes = '0', untilHour, untilMinutes = '0', percent] = match
  const weekdays = readDays(days)
  const from = minuteOf(fromHour, fromMinutes)
  const until = minuteOf(untilHour, untilMinutes)
  if (!weekdays || from === null || until === null || from === 1440) return null
  return { weekdays, fromMinute: from, untilMinute: until === 0 ? 1440 : until, percent: Number(percent) }
}

function minuteOf(hour: string | undefined, minutes: string): number | null {
  const minute = Number(hour) * 60 + Number(minutes)
  return Number(minutes) < 60 && minute <= 1440 ? minute : null
}

function readDays(text: string): readonly number[] | null {
  if (everyDay.test(text)) return [1, 2, 3, 4, 5, 6, 7]
  const found = new Set<number>()
  for (const part of text
    .replaceAll(/\s*-\s*/g, '-')
    .split(/[\s,]+/)
    .filter(Boolean)) {
    const [first = 0, last = first, ...more] = part.split('-').map(dayOf)
    if (first === 0 || last === 0 || more.length > 0) return null
    for (let day = first; ; day = (day % 7) + 1) {
      found.add(day)
      if (day === last) break
    }
  }
  return found.size > 0 ? [...found].sort((a, b) => a - b) : null
}

/** 0 where it is none. */
const dayOf = (word: string): number => weekdays.findIndex((pattern) => pattern.test(word)) + 1
