import type { Language, LocalizedText } from '@vpn-kiosk/domain'
import type { Translations } from '@vpn-kiosk/telegram'
import { findCity } from './cities.ts'
import { cityOf, describePlace, type TextStep, type Wizard, type WizardStep } from './wizard.ts'

/** What an answer is read with besides the wizard. */
export interface Reading {
  readonly translations: Translations
  /** Of the person who answers. */
  readonly language: Language
}

type Reader = (text: string, wizard: Wizard, reading: Reading) => Wizard | null

const setting =
  (name: string, next: WizardStep, read: (text: string) => unknown): Reader =>
  (text, wizard) => {
    const value = read(text)
    return value === null ? null : { ...wizard, settings: { ...wizard.settings, [name]: value }, step: next }
  }

/** One kind of credential at a time: what was tried before is dropped. */
const secret =
  (name: string, read: (text: string) => string | null): Reader =>
  (text, wizard) => {
    const value = read(text)
    return value === null ? null : { ...wizard, secrets: { [name]: value }, step: 'discover' }
  }

export const hostName = (text: string): string | null => (/^[A-Za-z0-9.:-]{1,253}$/.test(text) ? text : null)
export const word = (text: string): string | null => (/^\S{1,128}$/.test(text) ? text : null)
const short =
  (max: number) =>
  (text: string): string | null =>
    text.length > 0 && text.length <= max ? text : null
export const readPassword = short(512)
export const readToken = short(2048)
export const whole = (text: string, max: number): number | null => {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= max ? value : null
}
export const readCapacity = (text: string): number | null => whole(text, 1_000_000)
export const readPort = (text: string): number | null => whole(text, 65_535)
export const readName = short(40)

/** The seed of one-time codes as panels show it: base 32, in groups or not. */
export const readSeed = (text: string): string | null => {
  const seed = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()
  return /^[A-Z2-7]{16,128}$/.test(seed) ? seed : null
}

/** A bare word is no address: without http:// a dot or a port must tell that it is one. */
export function panelUrl(text: string): string | null {
  const hasScheme = /^https?:\/\//i.test(text)
  const full = hasScheme ? text : `https://${text}`
  const isAddress = hasScheme || /^[^/]*[.:]/.test(text)
  return isAddress && full.length <= 300 && !/\s/.test(full) && URL.canParse(full) ? full : null
}

export const readPrivateKey = (text: string): string | null =>
  text.includes('PRIVATE KEY') && text.length <= 32_768 ? `${text}\n` : null

/** Anybody but root works through sudo. */
export const readSshUser = (text: string): { username: string; sudo: boolean } | null =>
  /^[a-z_][a-z0-9_-]{0,31}$/.test(text) ? { username: text, sudo: text !== 'root' } : null

const sshUser: Reader = (text, wizard) => {
  const user = readSshUser(text)
  return user ? { ...wizard, settings: { ...wizard.settings, ...user }, step: 'discover' } : null
}

export interface Place {
  readonly country: string
  /** In all languages when the city is known; otherwise in the one that it was written in. */
  readonly cityTitles: LocalizedText
}

/** A known city by its name in any language, or two letters of a country and any city: `NL Amsterdam`. */
export function readPlace(text: string, { translations, language }: Reading): Place | null {
  const [, code, city] = /^([A-Za-z]{2})[\s,]+(\S.{0,39})$/.exec(text) ?? []
  const country = code?.toUpperCase() ?? null
  const known = findCity(translations, text, null) ?? (city ? findCity(translations, city, country) : null)
  if (known) return { country: known.country, cityTitles: known.titles }
  return country && city ? { country, cityTitles: { [language]: city } } : null
}

/** The first language in which a city has no name yet. */
export const openLanguage = (titles: LocalizedText, languages: readonly Language[]): Language | null =>
  languages.find((language) => !titles[language]) ?? null

export function readCityTitle(
  text: string,
  titles: LocalizedText,
  languages: readonly Language[],
): LocalizedText | null {
  const language = openLanguage(titles, languages)
  return language && readName(text) ? { ...titles, [language]: text } : null
}

const city: Reader = (text, wizard, reading) => {
  const place = readPlace(text, reading)
  return place
    ? {
        ...wizard,
        ...place,
        step: openLanguage(place.cityTitles, reading.translations.languages) ? 'city_other' : 'capacity',
      }
    : null
}

const otherCity: Reader = (text, wizard, { translations }) => {
  const cityTitles = readCityTitle(text, wizard.cityTitles, translations.languages)
  return cityTitles
    ? { ...wizard, cityTitles, step: openLanguage(cityTitles, translations.languages) ? 'city_other' : 'capacity' }
    : null
}

const capacity: Reader = (text, wizard) => {
  const count = readCapacity(text)
  return count === null ? null : { ...wizard, capacity: count, step: 'confirm' }
}

/** A panel's one-time codes go with its password. */
const twoFactor: Reader = (text, wizard) => {
  const seed = readSeed(text)
  return seed ? { ...wizard, secrets: { ...wizard.secrets, twoFactorSecret: seed }, step: 'discover' } : null
}

const endpointHost: Reader = (text, wizard) => {
  const host = hostName(text)
  return host === null ? null : describePlace({ ...wizard, settings: { ...wizard.settings, endpointHost: host } })
}

const name: Reader = (text, wizard) => (readName(text) ? { ...wizard, name: text, step: 'city' } : null)

const readers: Readonly<Record<TextStep, Reader>> = {
  url: setting('url', 'auth', panelUrl),
  username: setting('username', 'password', word),
  password: secret('password', readPassword),
  token: secret('token', readToken),
  two_factor: twoFactor,
  public_host: setting('publicHost', 'discover', hostName),
  ssh_host: setting('host', 'ssh_port', hostName),
  ssh_port: setting('port', 'ssh_user', readPort),
  ssh_user: sshUser,
  ssh_key: secret('privateKey', readPrivateKey),
  ssh_password: secret('password', readPassword),
  endpoint_host: endpointHost,
  name,
  city,
  city_other: otherCity,
  capacity,
}

const isTextStep = (step: WizardStep): step is TextStep => step in readers

/** The wizard after an answer; null when the answer makes no sense there. */
export const readAnswer = (wizard: Wizard, text: string, reading: Reading): Wizard | null =>
  isTextStep(wizard.step) ? readers[wizard.step](text.trim(), wizard, reading) : null

/** What a step's "usual" button answers, where it has one. */
export function usualAnswer({ step, settings, cityTitles }: Wizard): string | null {
  if (step === 'ssh_port') return '22'
  if (step === 'ssh_user') return 'root'
  if (step === 'city_other') return cityOf({ cityTitles }) || null
  return step === 'endpoint_host' ? String(settings.endpointHost ?? settings.host ?? '') : null
}
