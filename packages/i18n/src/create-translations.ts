import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { type Language, nearestLanguage } from '@vpn-kiosk/domain'
import { createFormats } from './create-formats.ts'
import { ownLocales } from './list-languages.ts'
import { escapeHtml, RawHtml } from './raw-html.ts'
import type { TextVariables, Translator } from './translator.ts'

export interface TranslationsOptions {
  /** Folders that hold `<language>/*.ftl`; a later folder's sentence replaces an earlier one's. */
  readonly directories: readonly string[]
  /** Spoken to whoever's language we have not. */
  readonly defaultLanguage: string
  /** An IANA name: dates are shown in the shop's zone. */
  readonly timeZone: string
  /** Tests set it: a missing key or variable throws instead of being logged and patched. */
  readonly strict?: boolean
  /** Hears of sentences that are missing. */
  readonly logger?: { warn(fields: object, message: string): void }
}

export interface Translations {
  /** The default first. */
  readonly languages: readonly Language[]
  readonly defaultLanguage: Language
  /** See `nearestLanguage`. */
  negotiate(code: string | null | undefined): Language
  /** For words outside an update, e.g. a notification. The language is negotiated first. */
  translatorFor(code: string | null | undefined): Translator
}

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

/** Loads Fluent sentences. A locale with a syntax error, or without the default language, stops the boot. */
export function createTranslations(options: TranslationsOptions): Translations {
  const { defaultLanguage, strict = false, logger } = options
  const sources = readSources([ownLocales, ...options.directories])
  const bundles = new Map([...sources].map(([language, source]) => [language, createBundle(language, source)]))
  const fallback = bundles.get(defaultLanguage)
  if (!fallback) throw new Error(`no locale for the default language ${defaultLanguage}`)

  const complain = (key: string, language: string, reason: string): void => {
    if (strict) throw new Error(`locale ${language}: ${key}: ${reason}`)
    logger?.warn({ key, language, reason }, 'A sentence could not be said as written')
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
  const others = [...bundles.keys()].filter((language) => language !== defaultLanguage)
  const languages = [defaultLanguage, ...others.sort()]
  const translators = new Map<Language, Translator>()
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
    const names = new Intl.DisplayNames([language, 'en'], { type: 'language', fallback: 'code' })
    const words = {
      language,
      languages,
      ownNameOf: (other: Language): string => translators.get(other)?.plain('language-own') ?? other,
      languageName: (other: Language): string => names.of(other) ?? other,
      plain: (key: string, variables?: TextVariables): string =>
        variables ? speak(language, key, variables, false) : sayConstant(key),
      has: (key: string): boolean => bundle.hasMessage(key),
    }
    translators.set(
      language,
      Object.assign(say, words, createFormats(language, options.timeZone, words.plain('zone-moscow'))),
    )
  }
  const negotiate = (code: string | null | undefined) => nearestLanguage(code, languages, defaultLanguage)
  return {
    languages,
    defaultLanguage,
    negotiate,
    translatorFor: (code) => translators.get(negotiate(code)) as Translator,
  }
}
