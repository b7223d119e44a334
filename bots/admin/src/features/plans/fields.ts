import { type Currency, type Language, moneyToDecimal } from '@vpn-kiosk/domain'
import type { PlanChange, StaffPlan } from '@vpn-kiosk/shop'
import { type PriceProblem, readPrice } from './read-price.ts'
import { readPrices } from './read-prices.ts'

const valueFields = ['price', 'prices', 'days', 'devices', 'traffic', 'position'] as const
type ValueField = (typeof valueFields)[number]
type TitleField = `title-${Language}`
export type PlanTextField = TitleField | ValueField

export const titleFieldsIn = (languages: readonly Language[]): readonly TitleField[] =>
  languages.map((language) => `title-${language}` as const)

/** The language of a field that holds a title; null for any other field. */
export const titleLanguageOf = (field: PlanTextField): Language | null =>
  field.startsWith('title-') ? field.slice('title-'.length) : null

/** What is changed by writing, in the order of its buttons. A trial's days are a setting of the shop. */
export const fieldsOf = (
  { isTrial }: Pick<StaffPlan, 'isTrial'>,
  languages: readonly Language[],
): readonly PlanTextField[] => [...titleFieldsIn(languages), ...(isTrial ? trialFields : valueFields)]

const trialFields = ['price', 'prices', 'devices', 'traffic'] as const

const gigabyte = 1024n ** 3n

const gigabytesOf = ({ trafficLimitBytes }: Pick<StaffPlan, 'trafficLimitBytes'>): number | null =>
  trafficLimitBytes === null ? null : Number(trafficLimitBytes / gigabyte) || 1

export const writtenPrices = ({ otherPrices }: Pick<StaffPlan, 'otherPrices'>) =>
  otherPrices.map((price) => ({ price: moneyToDecimal(price), currency: price.currency }))

/** The field as it is shown: the verb changes nothing when it is another by the time of the answer. */
export function shownOf(plan: StaffPlan, field: PlanTextField): PlanChange {
  switch (field) {
    case 'price':
      return { price: moneyToDecimal(plan.price) }
    case 'prices':
      return { otherPrices: writtenPrices(plan) }
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

/** A whole number from `least` on; the verb knows the most. Null when it is none. */
const readWhole = (text: string, least: number): number | null => {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : -1
  return value >= least ? value : null
}

export type ReadField = { readonly change: PlanChange } | { readonly problem: PriceProblem | ValueField | 'title' }

const titleLength = 40

/** What an answer means for a field; `problem` names why it means nothing. */
export function readField(
  field: PlanTextField,
  text: string,
  shown: { currency: Currency; title: StaffPlan['title']; isTrial: boolean },
): ReadField {
  const language = titleLanguageOf(field)
  if (language !== null) {
    const title = text.replace(/\s+/g, ' ').trim()
    if (title === '' || title.length > titleLength) return { problem: 'title' }
    return { change: { title: { ...shown.title, [language]: title } } }
  }
  // What is free has no price in any currency.
  if (field === 'price' && shown.isTrial && text.trim() === '0') return { change: { price: '0', otherPrices: [] } }
  return readValue(field as ValueField, text, shown.currency)
}

function readValue(field: ValueField, text: string, currency: Currency): ReadField {
  const whole = (least: number, change: (value: number) => PlanChange): ReadField => {
    const value = readWhole(text, least)
    return value === null ? { problem: field } : { change: change(value) }
  }
  switch (field) {
    case 'price': {
      const read = readPrice(text, currency)
      return 'price' in read ? { change: { price: read.price } } : read
    }
    case 'prices': {
      const read = readPrices(text, currency)
      return 'prices' in read ? { change: { otherPrices: read.prices } } : read
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
