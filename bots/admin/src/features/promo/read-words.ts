import { type Currency, moneyFromDecimal, type PlanId, parsePromoCode } from '@vpn-kiosk/domain'
import { latin } from './latin.ts'
import type { PromoWords, Said } from './promo-words.ts'

/** What the words at the beginning say, and how many of them say it; null when the rule knows nothing of them. */
type Rule = (words: readonly string[], shop: PromoWords) => { readonly took: number; readonly said: Said } | null

/** All that a line says, or the first word that says nothing or contradicts another. */
export function readWords(text: string, shop: PromoWords): Said | { readonly word: string } {
  let words: readonly string[] = text
    .slice(0, 1000)
    .replaceAll(/[\u2012-\u2015\u2212]/g, '-')
    .split(/\s+|,(?!\d)|(?<!\d),|;/)
    .filter(Boolean)
  let said: Said = {}
  while (words.length > 0) {
    const found = findRule(words, shop)
    if (!found || contradicts(said, found.said)) return { word: words[0]!.slice(0, 40) }
    said = { ...said, ...found.said }
    words = words.slice(found.took)
  }
  return said
}

const contradicts = (said: Said, more: Said): boolean =>
  Object.entries(more).some(([field, value]) => (said[field as keyof Said] ?? value) !== value)

function findRule(words: readonly string[], shop: PromoWords) {
  for (const rule of rules) {
    const found = rule(words, shop)
    if (found) return found
  }
  return null
}

/** In either language: the patterns are of the Latin spelling. */
const is = (word: string | undefined, pattern: RegExp): boolean => word !== undefined && pattern.test(latin(word))

type Counted = 'days' | 'percent' | 'mostUses' | 'mostUsesEach' | 'many'

/** A number whose unit stands beside it, `100 times`, or is written together with it, `100x`. */
const counted =
  (field: Counted, unit: RegExp, together: RegExp | null = null): Rule =>
  ([first = '', second]) => {
    const joined = together?.exec(latin(first))?.[1]
    if (joined) return { took: 1, said: { [field]: Number(joined) } }
    const number = /^-?(\d{1,7})$/.exec(first)?.[1]
    return number && is(second, unit) ? { took: 2, said: { [field]: Number(number) } } : null
  }

const percent = counted('percent', /^(%|percents?|procent\w*)$/, /^-?(\d{1,3})%$/)
const days = counted('days', /^(d|days?|den|dnya|dney)$/, /^(\d{1,4})d$/)
const uses = counted(
  'mostUses',
  /^(times?|uses?|people|customers|raza?|aktivac\w*|chelovek|klientov)$/,
  /^[xh](\d{1,7})$/,
)
const usesBefore = counted('mostUses', /^[xh]$/, /^(\d{1,7})[xh]$/)
const many = counted('many', /^(codes|kod|koda|kodov|sht\w*\.?)$/)
const eachAfter = counted('mostUsesEach', /^(each|per|kazhd\w*)$/)

/** `each 3`; `3 each` is another rule. */
const each: Rule = ([first, second = '', third]) => {
  const count = /^[xh]?(\d{1,4})$/.exec(latin(second))?.[1]
  if (!is(first, /^(each|per|po)$/) || !count) return null
  const tail = is(third, /^(times?|raza?)$/) ? 1 : 0
  return { took: 2 + tail, said: { mostUsesEach: Number(count) } }
}

const newcomers: Rule = ([first]) =>
  is(first, /^(new|newcomers?|nov\w*)$/) ? { took: 1, said: { isForNewcomers: true } } : null

const from: Rule = ([first, second], shop) => {
  const day = is(first, /^(from|since|so?|ot)$/) ? readDay(second, shop) : null
  const startsAt = day && shop.startOf(day)
  return startsAt ? { took: 2, said: { startsAt } } : null
}

const until: Rule = ([first, second], shop) => {
  const isNamed = is(first, /^(until|till|to|do|po)$/)
  const day = readDay(isNamed ? second : first, shop)
  const endsAt = day && shop.endOf(day)
  return endsAt ? { took: isNamed ? 2 : 1, said: { endsAt } } : null
}

/** `2027-03-01`, `01.03.2027`, or `01.03` of the next year that has it before it. */
function readDay(word: string | undefined, { today }: PromoWords): string | null {
  if (is(word, /^\d{4}-\d{2}-\d{2}$/)) return word ?? null
  const [, date = '', month = '', year] = /^(\d{1,2})\.(\d{2})(?:\.(\d{4}))?$/.exec(word ?? '') ?? []
  if (!date) return null
  const ofYear = (one: string | number) => `${one}-${month}-${date.padStart(2, '0')}`
  const thisYear = ofYear(today.slice(0, 4))
  if (year) return ofYear(year)
  return thisYear < today ? ofYear(Number(today.slice(0, 4)) + 1) : thisYear
}

const plans: Rule = ([first, ...rest], shop) => {
  if (!is(first, /^(plan\w*|tarif\w*)$/)) return null
  const found: PlanId[] = []
  for (const word of rest) {
    const plan = findPlan(word, shop)
    if (!plan) break
    found.push(plan)
  }
  return found.length > 0 ? { took: 1 + found.length, said: { plans: found } } : null
}

/** By its code, its name, or its length: `month`, `m3`, `3m`. */
function findPlan(word: string, shop: PromoWords): PlanId | null {
  const text = word.toLowerCase()
  const isCalled = (name: string) => name.toLowerCase().replaceAll(/\s/g, '') === text
  const named = shop.plans.find(({ code, title }) => isCalled(code) || Object.values(title).some(isCalled))
  if (named) return named.id
  const [, after, before] = /^(?:m(\d{1,2})|(\d{1,2})m)$/.exec(latin(text)) ?? []
  const months = Number(after ?? before ?? 0)
  const ofLength = shop.plans.find(({ days: length }) => length >= months * 28 && length <= months * 31)
  return ofLength?.id ?? null
}

const currencies: readonly (readonly [RegExp, Currency])[] = [
  [/^(\u20bd|r|rub\w*\.?)$/, 'RUB'],
  [/^(\u20ac|eur|evro)$/, 'EUR'],
  [/^(\$|usd)$/, 'USD'],
  [/^usdt$/, 'USDT'],
  [/^(\u2b50\ufe0f?|xtr|stars?)$/, 'XTR'],
]

const currencyOf = (word: string | undefined): Currency | undefined =>
  currencies.find(([pattern]) => is(word, pattern))?.[1]

/** `300` goes to the balance, `-300` and `300 off` are off a purchase. */
const amount: Rule = ([first = '', second], { currency }) => {
  const [, sign, number = '', unit = ''] = /^(-?)(\d{1,15}(?:[.,]\d{1,6})?)(\D*)$/.exec(first) ?? []
  const own = unit ? currencyOf(unit) : undefined
  if (!number || (unit && !own)) return null
  const next = unit ? undefined : currencyOf(second)
  try {
    const value = moneyFromDecimal(number.replace(',', '.'), own ?? next ?? currency)
    return { took: next ? 2 : 1, said: { amount: value, ...(sign && { isOff: true }) } }
  } catch {
    return null
  }
}

const kind: Rule = ([first, second]) => {
  if (is(first, /^(off|discount|skidk\w*)$/)) return { took: 1, said: { isOff: true } }
  if (is(first, /^(balance|balans)$/)) return { took: 1, said: { isOff: false } }
  return is(first, /^(na|to)$/) && is(second, /^(balance|balans)$/) ? { took: 2, said: { isOff: false } } : null
}

const filler: Rule = ([first]) =>
  is(first, /^(code|kod|and|i|for|dlya|na|only|tolko|customers?|klient\w*)$/) ? { took: 1, said: {} } : null

/** With a letter: what has none is a date or a sum that was mistyped. */
const code: Rule = ([first = '']) =>
  /\p{L}/u.test(first) && parsePromoCode(first) !== null ? { took: 1, said: { code: first } } : null

/** In the order in which they are asked: what is more special comes first. */
const rules: readonly Rule[] = [
  percent,
  days,
  uses,
  usesBefore,
  many,
  eachAfter,
  each,
  newcomers,
  from,
  until,
  plans,
  amount,
  kind,
  filler,
  code,
]
