import { type Language, languages } from '@vpn-kiosk/domain'
import { en } from '../locales/en.ts'
import { ru } from '../locales/ru.ts'
import { createFormats, type Formats } from './formats.ts'
import type { Words } from './words.ts'

/** A language with its words and its ways of writing. */
export interface Speech {
  readonly words: Words
  readonly formats: Formats
}

export interface Speeches {
  readonly byDefault: Speech
  of(language: Language): Speech
  /** `?lang=` first, then what the browser asks for, then the shop's language. */
  choose(request: {
    readonly query: unknown
    readonly headers: { readonly 'accept-language'?: string | undefined }
  }): Speech
  /** The default first. */
  readonly all: readonly Speech[]
}

const allWords: Readonly<Record<Language, Words>> = { ru, en }

export function createSpeeches(policy: { defaultLanguage: Language; timeZone: string }): Speeches {
  const speechOf = (language: Language): Speech => ({
    words: allWords[language],
    formats: createFormats(language, policy.timeZone, allWords[language].moscowTime),
  })
  const speeches = new Map(languages.map((language) => [language, speechOf(language)]))
  const byDefault = speeches.get(policy.defaultLanguage) ?? speechOf(policy.defaultLanguage)
  const find = (language: string | undefined) => speeches.get(language as Language)
  return {
    byDefault,
    of: (language) => find(language) ?? byDefault,
    all: [byDefault, ...[...speeches.values()].filter((speech) => speech !== byDefault)],
    choose: ({ query, headers }) => {
      const asked = (query as { lang?: unknown } | undefined)?.lang
      if (typeof asked === 'string' && find(asked)) return find(asked) ?? byDefault
      const wish = readWishes(headers['accept-language'] ?? '').find((language) => find(language))
      return find(wish) ?? byDefault
    },
  }
}

/** `ru-RU,ru;q=0.9,en;q=0.8` → `ru`, `ru`, `en`: the dearest first. */
function readWishes(header: string): string[] {
  return header
    .slice(0, 200)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((value) => value !== undefined)
      return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language)
}
