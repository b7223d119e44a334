export interface Formats {
  readonly time: (at: string | number) => string
  readonly day: (at: string | number) => string
  readonly date: (at: string | number) => string
  readonly weekday: (at: string | number) => string
  readonly moment: (at: string | number) => string
  readonly until: (at: string | number) => string
  readonly bytes: (count: number) => string
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Times are those of `timeZone` (an IANA name), wherever the browser is; absent: the browser's own. */
export function createFormats(language: string, timeZone?: string): Formats {
  const locale = language === 'en' ? 'en-GB' : language
  const zone = timeZone ? { timeZone } : {}
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, ...zone })
    return (at: string | number) => formatter.format(new Date(at)).replace(/\sг\./, '')
  }
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  return {
    time: format(clock),
    day: format({ day: 'numeric', month: 'long' }),
    date: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: format({ weekday: 'short', day: 'numeric', month: 'short' }),
    moment: format({ day: 'numeric', month: 'short', ...clock }),
    until: format({ day: 'numeric', month: 'short', year: '2-digit', ...clock }),
    bytes: (count) => {
      const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10))
      const value = count / 1024 ** step
      const maximumFractionDigits = value >= 100 ? 0 : 1
      const style = { style: 'unit', unit: units[step] ?? 'byte', unitDisplay: 'short', maximumFractionDigits } as const
      return new Intl.NumberFormat(locale, style).format(value)
    },
  }
}
