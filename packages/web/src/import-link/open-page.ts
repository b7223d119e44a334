import type { Key } from '@vpn-kiosk/shop'
import type { Contacts } from '../contacts.ts'
import { html } from '../html/html.ts'
import type { Page } from '../html/page.ts'
import { pageHeader } from '../html/page-header.ts'
import { titleOf } from '../subscription-page/answer-app.ts'
import { copyButton } from '../subscription-page/subscription-page.ts'
import type { Speech } from '../words/speech.ts'
import type { ImportApp } from './apps.ts'

export interface OpenContext {
  readonly speech: Speech
  readonly contacts: Contacts
  /** This page in the other language. */
  readonly otherLanguageQuery: string
}

/** Opens the app by itself where the browser lets it, by a press where it does not. */
export function openPage(app: ImportApp, key: Key, { speech, contacts, otherLanguageQuery }: OpenContext): Page {
  const { words } = speech
  const link = app.link(key.subscriptionUrl, titleOf(words, contacts.bot))
  return {
    language: words.language,
    title: words.open.title(app.name),
    body: html`${pageHeader(words, contacts.bot, otherLanguageQuery, true)}
<main class="alone"><div class="card center"><section><p class="emoji" aria-hidden="true">🚀</p><h1>${words.open.title(app.name)}</h1>
<p class="soft">${words.open.text}</p>
<a class="button first" data-open href="${link}">${words.open.button(app.name)}</a>
<p class="soft note">${words.open.install(app.name)}</p></section></div>
<div class="card"><p class="soft">${words.open.otherwise}</p><code>${key.subscriptionUrl}</code>${copyButton(key.subscriptionUrl, words)}
<p class="center note"><a href="${key.subscriptionUrl}">${words.open.page}</a></p></div></main>`,
  }
}
