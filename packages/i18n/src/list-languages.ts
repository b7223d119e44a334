import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isLanguageCode, type Language } from '@vpn-kiosk/domain'

/** This room's own words: how the zone of Moscow is abbreviated. */
export const ownLocales = fileURLToPath(new URL('../locales', import.meta.url))

/** The languages that the shop speaks: each has a folder here, and one in the `locales` of every room that has words. */
export const listLanguages = (): Language[] => readdirSync(ownLocales).filter(isLanguageCode).sort()
