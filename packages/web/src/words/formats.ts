import { createZoneLabel, type Language } from '@vpn-kiosk/domain'

export interface Formats {
  dateTime(at: Date): string
  bytes(count: bigint): string
}

const units = ['megabyte', 'gigabyte', 'terabyte'] as const

/** How a language writes an instant and a size; `timeZone` is the shop's, `moscow` what the language calls Moscow's. English dates go day first, a gigabyte is 1024³ bytes. */
export function createFormats(language: Language, timeZone: string, moscow: string): Formats {
  const locale = language === 'en' ? 'en-GB' : language
  const dateTime = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const zone = createZoneLabel(timeZone, locale, moscow)
  const sizes = units.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: unit === 'megabyte' ? 0 : 1,
      }),
  )
  return {
    dateTime: (at) => `${dateTime.format(at)} ${zone(at)}`,
    bytes: (count) => {
      const megabytes = Number(count) / 1024 ** 2
      const step = megabytes >= 1023.95 * 1024 ? 2 : megabytes >= 1023.5 ? 1 : 0
      return sizes[step]?.format(megabytes / 1024 ** step) ?? ''
    },
  }
}
