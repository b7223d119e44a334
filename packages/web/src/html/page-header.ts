import type { Language } from '@vpn-kiosk/domain'
import type { Translator } from '@vpn-kiosk/i18n'
import type { Contacts } from '../contacts.ts'
import { logoPath } from '../logo/logo-path.ts'
import { type Html, html } from './html.ts'

export interface HeaderContext {
  readonly t: Translator
  readonly contacts: Contacts
  /** From the page's address to the root: '' or '../'. */
  readonly toRoot: string
  /** The page's own query, without `lang`. */
  readonly query: URLSearchParams
  readonly isNarrow: boolean
}

/** Whose page it is, and the way to the other language. */
export function pageHeader({ t, contacts: { shop, bot }, toRoot, query, isNarrow }: HeaderContext): Html {
  const others = t.languages.filter((language) => language !== t.language)
  const sign = shop.logoVersion
    ? html`<img class="logo" src="${toRoot}${logoPath(shop.logoVersion)}" alt="" width="28" height="28">`
    : html`<span aria-hidden="true">🔑</span>`
  return html`<header class="${isNarrow ? 'alone-header' : 'wide-header'}"><span class="brand">${sign}<span class="name">${shop.name}${bot && html` <small>@${bot.username}</small>`}</span></span>
<nav>${others.map((language) => languageLink(t, language, query))}</nav></header>`
}

/** The same page in another language, which is called as its own speakers call it. */
function languageLink(t: Translator, language: Language, query: URLSearchParams): Html {
  const href = `?${new URLSearchParams([...query, ['lang', language]])}`
  return html`<a class="language" href="${href}" hreflang="${language}" lang="${language}">${t.ownNameOf(language)}</a>`
}
