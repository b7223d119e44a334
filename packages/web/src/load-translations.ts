import { fileURLToPath } from 'node:url'
import { createTranslations, type Translations, type TranslationsOptions } from '@vpn-kiosk/i18n'

/** The words of the pages. */
export const loadTranslations = (
  { defaultLanguage, timeZone }: Pick<TranslationsOptions, 'defaultLanguage' | 'timeZone'>,
  options: Pick<TranslationsOptions, 'logger' | 'strict'> = {},
): Translations =>
  createTranslations({
    directories: [fileURLToPath(new URL('../locales', import.meta.url))],
    defaultLanguage,
    timeZone,
    ...options,
  })
