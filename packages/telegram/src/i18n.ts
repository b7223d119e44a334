import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { I18n } from '@grammyjs/i18n'
import { escapeHtml, RawHtml } from './escape.ts'
import { createFormats } from './format.ts'
import { type Logger, silentLogger } from './logger.ts'
import type { TextVariables, Translator } from './translator.ts'

export interface TranslationsOptions {
  /** Folders that hold `<language>/*.ftl`; a later folder's sentence replaces an earlier one's. */
  readonly directories: string | readonly string[]
  /** Spoken to whoever's language we have not. */
  readonly defaultLanguage: string
  /** An IANA name: dates are shown in the shop's zone. */
  readonly timeZone: string
  /** Tests set it: a missing key or variable throws instead of being logged and patched. */
  readonly strict?: boolean
  readonly logger?: Logger
}

export interface Translations {
  readonly languages: readonly string[]
  readonly defaultLanguage: string
  /** The nearest language we have: `ru-RU` → `ru`; unknown or absent → the default. */
  negotiate(code: string | null | undefined): string
  /** For words outside an update, e.g. a notice. The language is negotiated first. */
  translatorFor(code: string | null | undefined): Translator
}

/** The few sentences that this room itself says; a bot's own locales may replace them. */
const ownLocales = fileURLToPath(new URL('../locales', import.meta.url))

const readLanguage = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n\n')

function readSources(directories: readonly string[]): Map<string, string> {
  const sources = new Map<string, string>()
  for (const directory of directories) {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue
      const text = readLanguage(join(directory, entry.name))
      sources.set(entry.name, `${sources.get(entry.name) ?? ''}\n\n${text}`)
    }
  }
  return sources
}

const keysOf = (source: string): Set<string> =>
  new Set([...source.matchAll(/^([a-zA-Z][\w-]*) *=/gm)].map((match) => match[1] ?? ''))

/** Strings become safe HTML, a bigint a number (counts only: money has `t.money`). */
function prepared(variables: TextVariables, isHtml: boolean): Record<string, string | number> {
  const ready: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === 'string') ready[name] = isHtml ? escapeHtml(value) : value
    else if (value instanceof RawHtml) ready[name] = value.html
    else ready[name] = Number(value)
  }
  return ready
}

/**
 * A loader for one bot's words: those beside the module whose `import.meta.url` is given, in `./locales`. The shop's
 * policy says the default language and the time zone; `strict` (tests) throws where a sentence is missing.
 */
export const translationsBeside =
  (moduleUrl: string) =>
  (
    { defaultLanguage, timeZone }: Pick<TranslationsOptions, 'defaultLanguage' | 'timeZone'>,
    options: Pick<TranslationsOptions, 'logger' | 'strict'> = {},
  ): Translations =>
    createTranslations({
      directories: fileURLToPath(new URL('./locales', moduleUrl)),
      defaultLanguage,
      timeZone,
      ...options,
    })

/** Loads Fluent sentences. A locale with a syntax error, or without the default language, stops the boot. */
export function createTranslations(options: TranslationsOptions): Translations {
  const { defaultLanguage, strict = false, logger = silentLogger } = options
  const sources = readSources([ownLocales, ...[options.directories].flat()])
  const fallback = sources.get(defaultLanguage)
  if (fallback === undefined) throw new Error(`no locale for the default language ${defaultLanguage}`)
  // Isolation marks around variables would break copied keys and links. Warnings are ours to give: see `speak`.
  const i18n = new I18n({
    defaultLocale: defaultLanguage,
    fluentBundleOptions: { useIsolating: false },
    fluentOptions: { warningHandler: () => {} },
  })
  const keys = new Map<string, Set<string>>()
  for (const [language, source] of sources) {
    i18n.loadLocaleSync(language, { source })
    keys.set(language, keysOf(source))
  }

  const complain = (key: string, language: string, reason: string): void => {
    if (strict) throw new Error(`locale ${language}: ${key}: ${reason}`)
    logger.warn({ key, language, reason }, 'a sentence could not be said as written')
  }
  const speak = (language: string, key: string, variables: TextVariables, isHtml: boolean): string => {
    if (!keys.get(language)?.has(key.split('.')[0] ?? '')) complain(key, language, 'missing')
    try {
      return i18n.t(language, key, prepared(variables, isHtml))
    } catch (error) {
      // Fluent throws when a variable is missing; a person still deserves an answer, if a poor one.
      complain(key, language, error instanceof Error ? error.message : 'failed')
      return key
    }
  }
  const translators = new Map<string, Translator>()
  for (const language of sources.keys()) {
    // Most sentences of a screen, its buttons above all, take no variables: those are made once.
    const constants = new Map<string, string>()
    const sayConstant = (key: string): string => {
      const known = constants.get(key)
      if (known !== undefined) return known
      const text = speak(language, key, {}, true)
      if (keys.get(language)?.has(key)) constants.set(key, text)
      return text
    }
    const say = (key: string, variables?: TextVariables): string =>
      variables ? speak(language, key, variables, true) : sayConstant(key)
    const words = {
      language,
      plain: (key: string, variables?: TextVariables): string =>
        variables ? speak(language, key, variables, false) : sayConstant(key),
      has: (key: string): boolean => keys.get(language)?.has(key) ?? false,
    }
    translators.set(language, Object.assign(say, words, createFormats(language, options.timeZone)))
  }
  const negotiate = (code: string | null | undefined): string => {
    const base = (code ?? '').toLowerCase().split(/[-_]/)[0] ?? ''
    return sources.has(base) ? base : defaultLanguage
  }
  return {
    languages: [...sources.keys()],
    defaultLanguage,
    negotiate,
    translatorFor: (code) => translators.get(negotiate(code)) as Translator,
  }
}
