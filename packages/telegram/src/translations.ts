import { fileURLToPath } from 'node:url'
import { createTranslations, type Translations, type TranslationsOptions } from '@vpn-kiosk/i18n'

/** What this room itself says; a bot's own locales may replace any of it. */
const ownLocales = fileURLToPath(new URL('../locales', import.meta.url))

/**
 * The words of a bot: this room's, then those of `directories`.
 *
 * @example
 * createBotTranslations({ directories: ['locales'], defaultLanguage: 'ru', timeZone: 'Europe/Moscow' })
 */
export const createBotTranslations = (options: TranslationsOptions): Translations =>
  createTranslations({ ...options, directories: [ownLocales, ...options.directories] })

/**
 * A loader for one bot's words: those beside the module whose `import.meta.url` is given, in `./locales`. The shop's
 * policy says the default language and the time zone; `strict` (tests) throws where a sentence is missing.
 *
 * @example
 * export const loadTranslations = translationsBeside(import.meta.url)
 * const translations = loadTranslations(shop.policy, { logger })
 */
export const translationsBeside =
  (moduleUrl: string) =>
  (
    { defaultLanguage, timeZone }: Pick<TranslationsOptions, 'defaultLanguage' | 'timeZone'>,
    options: Pick<TranslationsOptions, 'logger' | 'strict'> = {},
  ): Translations =>
    createBotTranslations({
      directories: [fileURLToPath(new URL('./locales', moduleUrl))],
      defaultLanguage,
      timeZone,
      ...options,
    })
