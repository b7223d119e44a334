import { createZoneLabel, currencyDigits, intlLocale, type Money, moneyToDecimal } from '@vpn-kiosk/domain'
import type { Translator } from './translator.ts'

export type Formats = Pick<Translator, 'money' | 'date' | 'month' | 'dateTime' | 'fullDateTime' | 'bytes'>

/** Signs of the currencies that `Intl` has no three-letter code for. */
const ownSigns: Readonly<Record<string, string>> = { XTR: '⭐', USDT: 'USDT' }
const byteUnits = ['megabyte', 'gigabyte', 'terabyte'] as const

/** `Intl` reads a decimal string digit by digit, so no amount ever becomes a float. */
function moneyFormat(language: string): (amount: Money) => string {
  const formats = new Map<string, Intl.NumberFormat>()
  const formatOf = (currency: Money['currency']): Intl.NumberFormat => {
    const known = formats.get(currency)
    if (known) return known
    const style: Intl.NumberFormatOptions =
      currency in ownSigns ? { style: 'decimal' } : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
    const made = new Intl.NumberFormat(language, {
      ...style,
      minimumFractionDigits: Math.min(2, currencyDigits[currency]),
      maximumFractionDigits: currencyDigits[currency],
      trailingZeroDisplay: 'stripIfInteger',
    })
    formats.set(currency, made)
    return made
  }
  return (amount) => {
    const text = formatOf(amount.currency).format(moneyToDecimal(amount) as Intl.StringNumericLiteral)
    const sign = ownSigns[amount.currency]
    return sign === undefined ? text : `${text}\u00a0${sign}`
  }
}

/** A gigabyte is 1024³ bytes, as VPN apps and panels count: what is sold here is what they show. */
function bytesFormat(language: string): (count: bigint | number) => string {
  const formats = byteUnits.map(
    (unit) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: unit === 'megabyte' ? 0 : 1,
      }),
  )
  return (count) => {
    const megabytes = Number(count) / 1024 ** 2
    // What would round up to 1,024 of a unit is one of the next.
    const step = megabytes >= 1023.95 * 1024 ? 2 : megabytes >= 1023.5 ? 1 : 0
    return formats[step]?.format(megabytes / 1024 ** step) ?? ''
  }
}

/** Russian says "year" after one, shortened with a full stop: a sentence that ends there would have two. */
function upToYear(parts: readonly Intl.DateTimeFormatPart[]): string {
  const kept = parts.at(-1)?.type === 'literal' ? parts.slice(0, -1) : parts
  return kept.map(({ value }) => value).join('')
}

/**
 * How a language writes money, dates and sizes. `timeZone` is the shop's, an IANA name; `moscow` is how the language
 * abbreviates Moscow's time.
 */
export function createFormats(language: string, timeZone: string, moscow: string): Formats {
  const zone = createZoneLabel(timeZone, intlLocale(language), moscow)
  const date = new Intl.DateTimeFormat(intlLocale(language), {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const month = new Intl.DateTimeFormat(intlLocale(language), { timeZone, month: 'long', year: 'numeric' })
  const toTheMinute = {
    timeZone,
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const
  const dateTime = new Intl.DateTimeFormat(intlLocale(language), toTheMinute)
  const fullDateTime = new Intl.DateTimeFormat(intlLocale(language), { ...toTheMinute, year: 'numeric' })
  return {
    money: moneyFormat(language),
    date: (at) => upToYear(date.formatToParts(at)),
    month: (at) => upToYear(month.formatToParts(at)),
    dateTime: (at) => `${dateTime.format(at)} ${zone(at)}`,
    fullDateTime: (at) => `${fullDateTime.format(at)} ${zone(at)}`,
    bytes: bytesFormat(language),
  }
}
