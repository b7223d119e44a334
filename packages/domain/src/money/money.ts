/** Currencies the shop can price in or be paid in, with the number of decimal digits of their minor unit. */
export const currencyDigits = { RUB: 2, USD: 2, EUR: 2, USDT: 6, XTR: 0 } as const

export type Currency = keyof typeof currencyDigits

/** An amount in integer minor units (kopecks, cents, Stars). A `number` never holds money. */
export interface Money {
  readonly minor: bigint
  readonly currency: Currency
}

/** What a Postgres `bigint` holds: no amount is larger. */
const mostMinor = 2n ** 63n - 1n

export const isCurrency = (text: string): text is Currency => Object.hasOwn(currencyDigits, text)

export const money = (minor: bigint | number, currency: Currency): Money => ({ minor: BigInt(minor), currency })

function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new TypeError(`cannot combine ${a.currency} with ${b.currency}`)
}

export function addMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b)
  return { minor: a.minor + b.minor, currency: a.currency }
}

export function subtractMoney(a: Money, b: Money): Money {
  assertSameCurrency(a, b)
  return { minor: a.minor - b.minor, currency: a.currency }
}

/** `amount` and so many whole per cent of it, less when negative; rounded up to the minor unit. */
export function addPercent({ minor, currency }: Money, percent: number): Money {
  const hundredths = minor * BigInt(100 + percent)
  return { minor: hundredths / 100n + (hundredths % 100n > 0n ? 1n : 0n), currency }
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. Throws when the currencies differ. */
export function compareMoney(a: Money, b: Money): number {
  assertSameCurrency(a, b)
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0
}

export const equalMoney = (a: Money, b: Money): boolean => a.currency === b.currency && a.minor === b.minor

/** `{ minor: 29900n, currency: 'RUB' }` → `"299.00"`: the spelling payment APIs use. */
export function moneyToDecimal(amount: Money): string {
  const digits = currencyDigits[amount.currency]
  const sign = amount.minor < 0n ? '-' : ''
  const absolute = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + absolute
  return `${sign}${absolute.slice(0, -digits)}.${absolute.slice(-digits)}`
}

/**
 * `"299"`, `"299.0"`, `"299.00"` → 29900 kopecks. Extra decimals are accepted only when they are zeros;
 * anything else throws a `RangeError`, because rounding money silently is how it gets lost.
 */
export function moneyFromDecimal(text: string, currency: Currency): Money {
  const match = /^(-?)(\d{1,19})(?:\.(\d{1,18}))?$/.exec(text.trim())
  if (!match) throw new RangeError(`not a decimal amount: ${JSON.stringify(text.slice(0, 40))}`)
  const digits = currencyDigits[currency]
  const fraction = (match[3] ?? '').padEnd(digits, '0')
  if (/[1-9]/.test(fraction.slice(digits))) throw new RangeError(`more than ${digits} decimals in ${currency}`)
  const minor = BigInt(match[2] + fraction.slice(0, digits))
  if (minor > mostMinor) throw new RangeError(`too large an amount in ${currency}`)
  return { minor: match[1] ? -minor : minor, currency }
}
