import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FluentBundle, FluentResource } from '@fluent/bundle'
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
  /** For words outside an update, e.g. a notification. The language is negotiated first. */
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

/** One language's sentences. Fluent passes over what it can't read: here that stops the boot. */
function createBundle(language: string, source: string): FluentBundle {
  // Isolation marks around variables would break copied keys and links.
  const bundle = new FluentBundle(language, { useIsolating: false })
  bundle.addResource(new FluentResource(source), { allowOverrides: true })
  for (const [, key = ''] of source.matchAll(/^([a-zA-Z][\w-]*) *=/gm))
    if (!bundle.hasMessage(key)) throw new Error(`locale ${language}: ${key} is not written as Fluent wants it`)
  return bundle
}

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
  const bundles = new Map([...sources].map(([language, source]) => [language, createBundle(language, source)]))
  const fallback = bundles.get(defaultLanguage)
  if (!fallback) throw new Error(`no locale for the default language ${defaultLanguage}`)

  const complain = (key: string, language: string, reason: string): void => {
    if (strict) throw new Error(`locale ${language}: ${key}: ${reason}`)
    logger.warn({ key, language, reason }, 'a sentence could not be said as written')
  }
  /** A person deserves an answer, if a poor one, also where a sentence or one of its variables is missing. */
  const speak = (language: string, key: string, variables: TextVariables, isHtml: boolean): string => {
    const own = bundles.get(language)
    const isKnown = own?.hasMessage(key) ?? false
    if (!isKnown) complain(key, language, 'missing')
    const bundle = own && isKnown ? own : fallback
    const sentence = bundle.getMessage(key)?.value
    if (!sentence) return key
    const errors: Error[] = []
    const text = bundle.formatPattern(sentence, prepared(variables, isHtml), errors)
    if (errors[0]) complain(key, language, errors[0].message)
    return text
  }
  const translators = new Map<string, Translator>()
  for (const [language, bundle] of bundles) {
    // Most sentences of a screen, its buttons above all, take no variables: those are made once.
    const constants = new Map<string, string>()
    const sayConstant = (key: string): string => {
      const known = constants.get(key)
      if (known !== undefined) return known
      const text = speak(language, key, {}, true)
      if (bundle.hasMessage(key)) constants.set(key, text)
      return text
    }
    const say = (key: string, variables?: TextVariables): string =>
      variables ? speak(language, key, variables, true) : sayConstant(key)
    const words = {
      language,
      plain: (key: string, variables?: TextVariables): string =>
        variables ? speak(language, key, variables, false) : sayConstant(key),
      has: (key: string): boolean => bundle.hasMessage(key),
    }
    translators.set(
      language,
      Object.assign(say, words, createFormats(language, options.timeZone, words.plain('zone-moscow'))),
    )
  }
  const negotiate = (code: string | null | undefined): string => {
    const base = (code ?? '').toLowerCase().split(/[-_]/)[0] ?? ''
    return bundles.has(base) ? base : defaultLanguage
  }
  return {
    languages: [...bundles.keys()],
    defaultLanguage,
    negotiate,
    translatorFor: (code) => translators.get(negotiate(code)) as Translator,
  }
}
