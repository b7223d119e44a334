import type { Contacts } from '../contacts.ts'
import type { Words } from '../words/words.ts'
import { type Html, html } from './html.ts'

/** Whose page it is, and the way to the other language (`query` leads to the same page in it). */
export const pageHeader = (words: Words, bot: Contacts['bot'], query: string, isNarrow: boolean): Html =>
  html`<header class="${isNarrow ? 'alone-header' : 'wide-header'}"><span class="brand">🔑 ${words.brand}${bot && html`<small>@${bot.username}</small>`}</span>
<a class="language" href="${query}" hreflang="${words.otherLanguage.language}" lang="${words.otherLanguage.language}">${words.otherLanguage.name}</a></header>`
