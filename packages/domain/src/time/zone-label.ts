import { hourMs } from './time.ts'

/** Russians count their zones from Moscow. */
const countedFromMoscow = new Set([
  'Europe/Kaliningrad',
  'Europe/Kirov',
  'Europe/Moscow',
  'Europe/Simferopol',
  'Europe/Volgograd',
  'Europe/Astrakhan',
  'Europe/Samara',
  'Europe/Saratov',
  'Europe/Ulyanovsk',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Barnaul',
  'Asia/Krasnoyarsk',
  'Asia/Novokuznetsk',
  'Asia/Novosibirsk',
  'Asia/Tomsk',
  'Asia/Irkutsk',
  'Asia/Chita',
  'Asia/Khandyga',
  'Asia/Yakutsk',
  'Asia/Ust-Nera',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Sakhalin',
  'Asia/Srednekolymsk',
  'Asia/Anadyr',
  'Asia/Kamchatka',
])

/**
 * What readers of a language call a zone (an IANA name) at an instant: `MSK`, `MSK+2`, `CET`, `GMT+5`. `moscow` is how
 * that language abbreviates Moscow's time.
 */
export function createZoneLabel(timeZone: string, language: string, moscow: string): (at: Date) => string {
  if (timeZone === 'Europe/Moscow') return () => moscow
  if (!countedFromMoscow.has(timeZone)) return namesOf(timeZone, language)
  const [there, inMoscow] = [wallClock(timeZone), wallClock('Europe/Moscow')]
  return (at) => {
    const hours = Math.round((there(at) - inMoscow(at)) / hourMs)
    return hours === 0 ? moscow : `${moscow}${hours > 0 ? '+' : '−'}${Math.abs(hours)}`
  }
}

function namesOf(timeZone: string, language: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short' })
  return (at) => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** What the clock on the wall shows, as if it were UTC. */
function wallClock(timeZone: string): (at: Date) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (at) => {
    const parts = format.formatToParts(at)
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
    return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'))
  }
}
