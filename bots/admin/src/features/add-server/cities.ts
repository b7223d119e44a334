import type { Language, LocalizedText } from '@vpn-kiosk/domain'
import type { Translations } from '@vpn-kiosk/telegram'

/** Where VPN servers usually stand; the first twelve have buttons. Their names are in `cities.ftl`. */
const known: readonly (readonly [country: string, key: string])[] = [
  ['NL', 'amsterdam'],
  ['DE', 'frankfurt'],
  ['FI', 'helsinki'],
  ['SE', 'stockholm'],
  ['PL', 'warsaw'],
  ['GB', 'london'],
  ['FR', 'paris'],
  ['US', 'new-york'],
  ['TR', 'istanbul'],
  ['KZ', 'almaty'],
  ['RU', 'moscow'],
  ['LV', 'riga'],
  ['DE', 'berlin'],
  ['DE', 'falkenstein'],
  ['DE', 'nuremberg'],
  ['DE', 'munich'],
  ['DE', 'dusseldorf'],
  ['NL', 'rotterdam'],
  ['AT', 'vienna'],
  ['CH', 'zurich'],
  ['CZ', 'prague'],
  ['EE', 'tallinn'],
  ['LT', 'vilnius'],
  ['NO', 'oslo'],
  ['DK', 'copenhagen'],
  ['ES', 'madrid'],
  ['IT', 'milan'],
  ['RO', 'bucharest'],
  ['BG', 'sofia'],
  ['RS', 'belgrade'],
  ['HU', 'budapest'],
  ['GR', 'athens'],
  ['IE', 'dublin'],
  ['PT', 'lisbon'],
  ['BE', 'brussels'],
  ['MD', 'chisinau'],
  ['UA', 'kyiv'],
  ['GE', 'tbilisi'],
  ['AM', 'yerevan'],
  ['AE', 'dubai'],
  ['IL', 'tel-aviv'],
  ['IN', 'mumbai'],
  ['SG', 'singapore'],
  ['HK', 'hong-kong'],
  ['JP', 'tokyo'],
  ['KR', 'seoul'],
  ['US', 'los-angeles'],
  ['US', 'miami'],
  ['US', 'chicago'],
  ['US', 'dallas'],
  ['CA', 'toronto'],
  ['CA', 'montreal'],
  ['BR', 'sao-paulo'],
  ['AU', 'sydney'],
  ['RU', 'saint-petersburg'],
]

export const offeredCities = known.slice(0, 12).map(([country, key]) => ({ country, key }))

export interface KnownCity {
  readonly country: string
  /** In every language of the shop. */
  readonly titles: LocalizedText
}

export function readCity(translations: Translations, key: string): KnownCity | null {
  const found = known.find(([, known]) => known === key)
  return found ? describe(translations, found) : null
}

/** The city of this name in any language, in that country if one is named. */
export function findCity(translations: Translations, name: string, country: string | null): KnownCity | null {
  const wanted = simple(name)
  for (const city of known) {
    if (country !== null && city[0] !== country) continue
    const found = describe(translations, city)
    if (Object.values(found.titles).some((title) => simple(title) === wanted)) return found
  }
  return null
}

function describe(translations: Translations, [country, key]: readonly [string, string]): KnownCity {
  const titleIn = (language: Language) => translations.translatorFor(language).plain(`city-${key}`)
  return {
    country,
    titles: Object.fromEntries(translations.languages.map((language) => [language, titleIn(language)])),
  }
}

/** Without case, accents and hyphens: people type as they like. */
const simple = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s-]+/g, ' ')
    .trim()
    .toLowerCase()
