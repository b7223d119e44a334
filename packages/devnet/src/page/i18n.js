import { en } from './locales/en.js'
import { ru } from './locales/ru.js'

const languages = { en, ru }

function chooseLanguage() {
  const wanted = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem('lang') ?? navigator.language
  return /^(ru|uk|be|kk)/i.test(wanted) ? 'ru' : 'en'
}

export const language = chooseLanguage()
const texts = languages[language]
document.documentElement.lang = language
document.title = texts.title

/** The page's own words; `{name}` is filled in. */
export function t(key, values = {}) {
  const text = texts[key] ?? key
  return typeof text === 'string' ? text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '') : text
}

export function switchLanguage() {
  const next = language === 'ru' ? 'en' : 'ru'
  localStorage.setItem('lang', next)
  const url = new URL(location.href)
  url.searchParams.delete('lang')
  location.replace(url)
}

const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
let timeZone

/** Every time of the page is the shop's, as in what its bots say. */
export function useTimeZone(name) {
  timeZone = name
}

/** How that zone is called at an instant: `МСК`, `GMT+2`. */
export function formatZone(date) {
  if (timeZone === 'Europe/Moscow') return t('moscow')
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(new Date(date))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

const format = (options) => {
  let formatter
  return (date) => {
    formatter ??= new Intl.DateTimeFormat(locale, { ...options, timeZone })
    return formatter.format(new Date(date)).replace(/\sг\./, '')
  }
}
export const formatTime = format({ hour: '2-digit', minute: '2-digit' })
export const formatDay = format({ day: 'numeric', month: 'long' })
export const formatDate = format({ day: 'numeric', month: 'short', year: 'numeric' })
export const formatWeekday = format({ weekday: 'short', day: 'numeric', month: 'short' })
export const formatUntil = format({
  day: 'numeric',
  month: 'short',
  year: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
export const formatMoment = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

export function formatBytes(bytes) {
  const units = t('bytes')
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

export function formatSum({ value, currency }) {
  const digits = /[.,]0*$/.test(value) || !value.includes('.') ? 0 : 2
  const sum = Number(value).toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB', { minimumFractionDigits: digits })
  return `${sum} ${{ RUB: '₽', USD: '$', EUR: '€' }[currency] ?? currency}`
}
