import {
  type Currency,
  currencyDigits,
  isLanguageCode,
  type LocalizedText,
  type Money,
  moneyFromDecimal,
  moneyToDecimal,
} from '@vpn-kiosk/domain'

/** Decimal text, and its currency. */
export interface WrittenPrice {
  readonly price: string
  readonly currency: Currency
}

/** A plan as somebody on the staff writes it. */
export interface PlanDraft {
  /** Stable name for scripts and seeds: lower case, digits and dashes. */
  readonly code: string
  readonly title: LocalizedText
  readonly days: number
  /** Decimal text: `299`, `299.00`. What is not for sale (a trial) has no price. */
  readonly price: string
  readonly currency: Currency
  /** In further currencies, each of them once; a trial has none. */
  readonly otherPrices: readonly WrittenPrice[]
  /** Whole gibibytes, as apps show them; null = unlimited. */
  readonly trafficGigabytes: number | null
  readonly devices: number
  readonly isActive: boolean
  readonly isPopular: boolean
  readonly position: number
}

export type PlanField = keyof PlanDraft

/** What is wrong with a draft; `field` names it. */
export interface InvalidPlan {
  readonly kind: 'invalid_plan'
  readonly field: PlanField
}

export interface PlanValues {
  readonly code: string
  readonly title: LocalizedText
  readonly days: number
  readonly priceMinor: bigint
  readonly currency: Currency
  /** In the order of their currencies. */
  readonly otherPrices: readonly Money[]
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number
  readonly isActive: boolean
  readonly isPopular: boolean
  readonly position: number
}

export const gigabyte = 1024n ** 3n

/** The longest plan, in days, and the largest counts that make sense; far below what their columns hold. */
const mostDays = 3650
const mostGigabytes = 1_000_000
const mostDevices = 100
const mostPosition = 1000
const titleLength = 40
/** Ten million of a currency's units: more is a slip of the finger. */
const mostUnits = 10_000_000n

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

/**
 * Checks a draft that came from outside. A plan that is sold costs something: what is free is a trial or a gift. A trial
 * may cost something, and only then in other currencies too. Money is never rounded: more decimals than the currency has are refused.
 */
export function checkPlan(draft: PlanDraft, { isTrial }: { readonly isTrial: boolean }): PlanValues | InvalidPlan {
  const price = readWrittenPrice(draft, isTrial)
  const isFree = price?.minor === 0n
  const otherPrices = isFree && draft.otherPrices.length > 0 ? null : readWrittenPrices(draft)
  const refusals: readonly [PlanField, boolean][] = [
    ['code', /^[a-z0-9][a-z0-9-]{0,31}$/.test(draft.code)],
    ['title', isTitled(draft.title)],
    ['days', isCount(draft.days, 1, mostDays)],
    ['price', price !== null],
    ['otherPrices', otherPrices !== null],
    ['trafficGigabytes', draft.trafficGigabytes === null || isCount(draft.trafficGigabytes, 1, mostGigabytes)],
    ['devices', isCount(draft.devices, 1, mostDevices)],
    ['position', isCount(draft.position, 0, mostPosition)],
  ]
  const wrong = refusals.find(([, isRight]) => !isRight)
  if (wrong || price === null || otherPrices === null) return { kind: 'invalid_plan', field: wrong?.[0] ?? 'price' }
  const { code, days, currency, isActive, isPopular, position } = draft
  return {
    code,
    title: tidyTitle(draft.title),
    days,
    priceMinor: price.minor,
    currency,
    otherPrices,
    trafficLimitBytes: draft.trafficGigabytes === null ? null : BigInt(draft.trafficGigabytes) * gigabyte,
    deviceLimit: draft.devices,
    isActive,
    isPopular,
    position,
  }
}

/** In one language at least: whoever reads another sees that one. */
const isTitled = (title: LocalizedText): boolean =>
  Object.keys(title).length > 0 &&
  Object.entries(title).every(([language, text]) => isLanguageCode(language) && isTitle(text))

const isTitle = (text: unknown): boolean =>
  typeof text === 'string' && text.trim().length > 0 && text.trim().length <= titleLength

/** In one order of languages, so that two of them can be compared as JSON. */
export const tidyTitle = (title: LocalizedText): LocalizedText =>
  Object.fromEntries(
    Object.entries(title)
      .map(([language, text]) => [language, text.trim()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** Null when it is no price for such a plan. */
export function readWrittenPrice({ price: text, currency }: WrittenPrice, isTrial: boolean): Money | null {
  if (!Object.hasOwn(currencyDigits, currency)) return null
  try {
    const price = moneyFromDecimal(text, currency)
    const most = mostUnits * 10n ** BigInt(currencyDigits[currency])
    const isRight = isTrial ? price.minor >= 0n : price.minor > 0n
    return isRight && price.minor <= most ? price : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Null when one of them is no price, or names a currency that has one already. */
export function readWrittenPrices({
  currency,
  otherPrices,
}: Pick<PlanDraft, 'currency' | 'otherPrices'>): readonly Money[] | null {
  const prices = otherPrices.map((one) => readWrittenPrice(one, false))
  const currencies = new Set<Currency>([currency, ...otherPrices.map((one) => one.currency)])
  if (currencies.size !== otherPrices.length + 1) return null
  return prices.every((price) => price !== null) ? sortPrices(prices) : null
}

const sortPrices = (prices: readonly Money[]): Money[] => prices.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))

/** As a draft writes them, in one order, so that two lists can be compared as JSON. */
export const writePrices = (prices: readonly Money[]): WrittenPrice[] =>
  sortPrices(prices).map((price) => ({ price: moneyToDecimal(price), currency: price.currency }))
