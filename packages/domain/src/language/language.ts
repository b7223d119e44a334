/**
 * A language by its short code, `ru` or `en`. The languages of a shop are not in the code: each is a folder in every
 * `locales`.
 */
export type Language = string

/** A text in one or several languages. */
export type LocalizedText = Readonly<Record<Language, string>>

/** What a folder of a language is called. */
export const isLanguageCode = (text: string): boolean => /^[a-z]{2,3}$/.test(text)

/** The text in a language; else in the first one in which there is any. */
export const textIn = (texts: LocalizedText | null | undefined, language: Language): string =>
  texts?.[language] || Object.values(texts ?? {}).find(Boolean) || ''

/** Many who speak these read Russian more easily than English. */
const readersOfRussian = new Set(['uk', 'be', 'kk'])

/**
 * The language for a person whose app says `code` (`ru`, `en-GB`, `uk` …): that one, else a near one, else English, else
 * `fallback`. Without a code it is `fallback`.
 *
 * @example
 * nearestLanguage('de-AT', ['en', 'ru'], 'ru') // 'en'
 */
export function nearestLanguage(
  code: string | null | undefined,
  spoken: readonly Language[],
  fallback: Language,
): Language {
  const [own = ''] = (code ?? '').toLowerCase().split(/[-_]/)
  if (own === '') return fallback
  const wishes = [own, ...(readersOfRussian.has(own) ? ['ru'] : []), 'en']
  return wishes.find((wish) => spoken.includes(wish)) ?? fallback
}

/** `ru-RU,ru;q=0.9,en;q=0.8` → `ru-RU`, `ru`, `en`: what a browser asks for, the most wanted first. */
export const parseAcceptLanguage = (header: string): string[] =>
  header
    .slice(0, 200)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((value) => value !== undefined)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)

/** What `Intl` is asked for: English dates are written as the shop's customers read them, day first. */
export const intlLocale = (language: Language): string => (language === 'en' ? 'en-GB' : language)
