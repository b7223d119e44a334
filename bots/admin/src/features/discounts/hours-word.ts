import type { HappyHours } from '@vpn-kiosk/domain'

/** Hours in a button: `567-1080-1320-20`. */
export const writeHours = ({ weekdays, fromMinute, untilMinute, percent }: HappyHours): string =>
  [weekdays.join(''), fromMinute, untilMinute, percent].join('-')

/** Null where the text is none. */
export function parseHours(word: string): HappyHours | null {
  const [, days = '', from, until, percent] = /^([1-7]{1,7})-(\d{1,4})-(\d{1,4})-(\d{1,2})$/.exec(word) ?? []
  if (!days) return null
  const weekdays = [...days].map(Number)
  return { weekdays, fromMinute: Number(from), untilMinute: Number(until), percent: Number(percent) }
}
