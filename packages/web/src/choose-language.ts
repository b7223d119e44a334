import { parseAcceptLanguage } from '@vpn-kiosk/domain'
import type { Translations, Translator } from '@vpn-kiosk/i18n'

/** `?lang=` first, then what the browser asks for, then what is near to its first wish (see `nearestLanguage`). */
export function chooseLanguage(
  { languages, translatorFor }: Translations,
  {
    query,
    headers,
  }: { readonly query: unknown; readonly headers: { readonly 'accept-language'?: string | undefined } },
): Translator {
  const { lang } = (query ?? {}) as { readonly lang?: unknown }
  const ofBrowser = parseAcceptLanguage(headers['accept-language'] ?? '').filter((tag) => /^[a-z]{2,3}\b/i.test(tag))
  const wishes = typeof lang === 'string' ? [lang, ...ofBrowser] : ofBrowser
  const spoken = wishes.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((wish) => languages.includes(wish))
  return translatorFor(spoken ?? ofBrowser[0])
}
