import { fileURLToPath } from 'node:url'
import type { Policy } from '@vpn-kiosk/shop'
import { createTranslations, type Logger, type Translations } from '@vpn-kiosk/telegram'

const directories = fileURLToPath(new URL('./locales', import.meta.url))

/** All the words of the admin bot. `strict` (tests) throws where a sentence or a variable is missing. */
export const loadTranslations = (
  policy: Pick<Policy, 'defaultLanguage' | 'timeZone'>,
  options: { readonly logger?: Logger; readonly strict?: boolean } = {},
): Translations =>
  createTranslations({
    directories,
    defaultLanguage: policy.defaultLanguage,
    timeZone: policy.timeZone,
    ...options,
  })
