import { type LocalizedText, tidyName } from '@vpn-kiosk/domain'

/** What is said of a place, checked alike when a server is added and when it is changed. */
export interface ServerPlace {
  /** Ours, unique, at most 40 characters. */
  readonly name: string
  /** ISO 3166, two letters. */
  readonly country: string
  readonly city: string
  /** The city in each language; a language that is absent reads `city`. */
  readonly cityTitles?: LocalizedText | undefined
  /** What the place is reached by; shown to staff. */
  readonly host: string
  /** Accesses it may hold. */
  readonly capacity: number
  /** Lists show the lowest first, then the oldest. 0 unless said otherwise. */
  readonly position?: number | undefined
}

export type PlaceField = keyof ServerPlace

/** Longer than any of these texts may be: what is too long stays so, and is refused. */
const longest = 1000

export const tidyWord = (text: string): string => tidyName(text, longest)

const isWord = (text: string, max: number) => tidyWord(text).length > 0 && tidyWord(text).length <= max

/** Whether a name could be given at all; who has it already is the database's question. */
export const isServerName = (text: string): boolean => isWord(text, 40)

/** The first field that cannot be so; of fields that are absent nothing is said. */
export function findInvalidField(place: Partial<ServerPlace>): PlaceField | null {
  const { name, country, city, cityTitles, host, capacity, position } = place
  if (name !== undefined && !isServerName(name)) return 'name'
  if (country !== undefined && !/^[A-Za-z]{2}$/.test(country)) return 'country'
  if (city !== undefined && !isWord(city, 40)) return 'city'
  if (cityTitles && Object.values(cityTitles).some((title) => title === undefined || !isWord(title, 40)))
    return 'cityTitles'
  if (host !== undefined && !isWord(host, 253)) return 'host'
  if (capacity !== undefined && (!Number.isInteger(capacity) || capacity < 1 || capacity > 1_000_000)) return 'capacity'
  if (position !== undefined && (!Number.isInteger(position) || Math.abs(position) > 1000)) return 'position'
  return null
}

/** The same place as it is stored: trimmed, the country in capitals. */
export function tidyPlace<P extends Partial<ServerPlace>>(place: P): P {
  const tidy: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(place)) {
    if (value === undefined) continue
    if (field === 'cityTitles') tidy[field] = trimEach(value as LocalizedText)
    else tidy[field] = typeof value === 'string' ? tidyText(field, value) : value
  }
  return tidy as P
}

const tidyText = (field: string, text: string) => (field === 'country' ? tidyWord(text).toUpperCase() : tidyWord(text))

const trimEach = (titles: LocalizedText): LocalizedText =>
  Object.fromEntries(
    Object.entries(titles)
      .map(([language, title]) => [language, tidyWord(title)] as const)
      .sort(([one], [other]) => one.localeCompare(other)),
  )
