import type { Contacts } from '../contacts.ts'
import type { Words } from '../words/words.ts'
import { type Html, html } from './html.ts'
import { logoPath } from './logo-path.ts'

export interface HeaderContext {
  readonly words: Words
  readonly contacts: Contacts
  /** From the page's address to the root: '' or '../'. */
  readonly toRoot: string
  /** Leads to the same page in the other language. */
  readonly query: string
  readonly isNarrow: boolean
}

/** Whose page it is, and the way to the other language. */
export function pageHeader({ words, contacts: { shop, bot }, toRoot, query, isNarrow }: HeaderContext): Html {
  const { language, name } = words.otherLanguage
  const sign = shop.logoVersion
    ? html`<img class="logo" src="${toRoot}${logoPath(shop.logoVersion)}" alt="" width="28" height="28">`
    : html`<span aria-hidden="true">🔑</span>`
  return html`<header class="${isNarrow ? 'alone-header' : 'wide-header'}"><span class="brand">${sign}<span class="name">${shop.name}${bot && html` <small>@${bot.username}</small>`}</span></span>
<a class="language" href="${query}" hreflang="${language}" lang="${language}">${name}</a></header>`
}
