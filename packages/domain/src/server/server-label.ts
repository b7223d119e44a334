import type { Language, LocalizedText } from '../language/language.ts'
import { flagOf } from './server.ts'

export interface LabeledPlace {
  /** ISO 3166, two letters. */
  readonly country: string
  readonly city: string
  /** In each language of the shop; a language that is absent falls back to the plain `city`. */
  readonly cityTitles: LocalizedText | null
}

export const cityIn = ({ city, cityTitles }: LabeledPlace, language: Language): string => cityTitles?.[language] || city

/**
 * What a customer's app and screens call one way in: `🇳🇱 Amsterdam`, and `🇳🇱 Amsterdam · 2` for the second of the same
 * protocol in the same city. `ordinal` is kept with the endpoint, so a label stays when a neighbour is added or deleted.
 */
export function serverLabel(place: LabeledPlace & { readonly ordinal: number }, language: Language): string {
  const label = `${flagOf(place.country)} ${cityIn(place, language)}`
  return place.ordinal > 1 ? `${label} · ${place.ordinal}` : label
}

/** The lowest ordinal that no neighbour has. */
export function freeOrdinal(taken: readonly number[]): number {
  let ordinal = 1
  while (taken.includes(ordinal)) ordinal += 1
  return ordinal
}
