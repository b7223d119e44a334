import { type Currency, currencyDigits, type Language, moneyToDecimal } from '@vpn-kiosk/domain'
import type { PlanChange, StaffPlan } from '@vpn-kiosk/shop'

const numberFields = ['price', 'days', 'devices', 'traffic', 'position'] as const
type NumberField = (typeof numberFields)[number]
type TitleField = `title-${Language}`
export type PlanTextField = TitleField | NumberField

export const titleFieldsIn = (languages: readonly Language[]): readonly TitleField[] =>
  languages.map((language) => `title-${language}` as const)

/** The language of a field that holds a title; null for any other field. */
export const titleLanguageOf = (field: PlanTextField): Language | null =>
  field.startsWith('title-') ? field.slice('title-'.length) : null

/** What is changed by writing, in the order of its buttons. A trial costs nothing, and its days are a setting of the shop. */
export const fieldsOf = (
  { isTrial }: Pick<StaffPlan, 'isTrial'>,
  languages: readonly Language[],
): readonly PlanTextField[] => [...titleFieldsIn(languages), ...(isTrial ? trialFields : numberFields)]

const trialFields = ['devices', 'traffic'] as const

const gigabyte = 1024n ** 3n

const gigabytesOf = ({ trafficLimitBytes }: Pick<StaffPlan, 'trafficLimitBytes'>): number | null =>
  trafficLimitBytes === null ? null : Number(trafficLimitBytes / gigabyte) || 1

/** The field as it is shown: the verb changes nothing when it is another by the time of the answer. */
export function shownOf(plan: StaffPlan, field: PlanTextField): PlanChange {
  switch (field) {
    case 'price':
      return { price: moneyToDecimal(plan.price) }
    case 'days':
      return { days: plan.days }
    case 'devices':
      return { devices: plan.deviceLimit }
    case 'traffic':
      return { trafficGigabytes: gigabytesOf(plan) }
    case 'position':
      return { position: plan.position }
    default:
      return { title: plan.title }
  }
}

/** Why a text is no price. */
export type PriceProblem = 'not_a_number' | 'too_many_decimals' | 'zero' | 'negative' | 'too_large'

const mostUnits = 10_000_000n

/**
 * `299`, `299,50`, `1 299.5 ₽` → a decimal for `moneyFromDecimal`, digit by digit. Three decimals are refused even where
 * they are zeros: somebody may have meant thousands.
 */
export function readPrice(
  text: string,
  currency: Currency,
): { readonly price: string } | { readonly problem: PriceProblem } {
  const plain = text.replace(/[\s\p{Sc}]/gu, '').replace(',', '.')
  const match = /^([-−]?)(\d{1,40})(?:\.(\d{1,40}))?$/u.exec(plain)
  if (!match) return { problem: 'not_a_number' }
  const [, sign, units = '', decimals = ''] = match
  if (sign) return { problem: 'negative' }
  if (decimals.length > currencyDigits[currency]) return { problem: 'too_many_decimals' }
  if (/^0*$/.test(units + decimals)) return { problem: 'zero' }
  const isTooLarge = BigInt(units) > mostUnits || (BigInt(units) === mostUnits && !/^0*$/.test(decimals))
  if (isTooLarge) return { problem: 'too_large' }
  return { price: decimals ? `${BigInt(units)}.${decimals}` : `${BigInt(units)}` }
}

/** A whole number from `least` on; the verb knows the most. Null when it is none. */
const readWhole = (text: string, least: number): number | null => {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : -1
  return value >= least ? value : null
}

export type ReadField = { readonly change: PlanChange } | { readonly problem: PriceProblem | NumberField | 'title' }

const titleLength = 40

/** What an answer means for a field; `problem` names why it means nothing. */
export function readField(
  field: PlanTextField,
  text: string,
  shown: { currency: Currency; title: StaffPlan['title'] },
): ReadField {
  const language = titleLanguageOf(field)
  if (language !== null) {
    const title = text.replace(/\s+/g, ' ').trim()
    if (title === '' || title.length > titleLength) return { problem: 'title' }
    return { change: { title: { ...shown.title, [language]: title } } }
  }
  return readNumber(field as NumberField, text, shown.currency)
}

function readNumber(field: NumberField, text: string, currency: Currency): ReadField {
  const whole = (least: number, change: (value: number) => PlanChange): ReadField => {
    const value = readWhole(text, least)
    return value === null ? { problem: field } : { change: change(value) }
  }
  switch (field) {
    case 'price': {
      const read = readPrice(text, currency)
      return 'price' in read ? { change: { price: read.price } } : read
    }
    case 'days':
      return whole(1, (days) => ({ days }))
    case 'devices':
      return whole(1, (devices) => ({ devices }))
    case 'traffic':
      return whole(1, (trafficGigabytes) => ({ trafficGigabytes }))
    case 'position':
      return whole(0, (position) => ({ position }))
  }
}
