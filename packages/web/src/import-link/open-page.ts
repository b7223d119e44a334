import type { System, VpnApp } from '@vpn-kiosk/domain'
import type { Key } from '@vpn-kiosk/shop'
import { type Contacts, titleOf } from '../contacts.ts'
import { html } from '../html/html.ts'
import type { Page } from '../html/page.ts'
import { pageHeader } from '../html/page-header.ts'
import { copyButton } from '../subscription-page/subscription-page.ts'
import type { Speech } from '../words/speech.ts'

export interface OpenContext {
  readonly speech: Speech
  readonly contacts: Contacts
  /** What the visitor's browser runs on. */
  readonly system: System
  /** This page in the other language. */
  readonly otherLanguageQuery: string
}

/** Opens the app by itself where the browser lets it, by a press where it does not; who has not got it finds it. */
export function openPage(app: VpnApp, key: Key, context: OpenContext): Page {
  const { speech, contacts, otherLanguageQuery } = context
  const { words } = speech
  const link = app.importLink(key.subscriptionUrl, titleOf(contacts))
  return {
    language: words.language,
    title: `${words.open.title(app.name)} · ${contacts.shop.name}`,
    toRoot: '',
    logoVersion: contacts.shop.logoVersion,
    body: html`${pageHeader({ words, contacts, toRoot: '', query: otherLanguageQuery, isNarrow: true })}
<main class="alone"><div class="card center"><section><p class="emoji" aria-hidden="true">🚀</p><h1>${words.open.title(app.name)}</h1>
<p class="soft">${words.open.text}</p>
<a class="button first" data-open href="${link}">${words.open.button(app.name)}</a>
<p class="soft note">${words.open.nothing}</p>
<a class="button" href="${storeOf(app, context.system)}">⬇️ ${words.install(app.name)}</a></section></div>
<div class="card"><p class="soft">${words.open.otherwise}</p><code>${key.subscriptionUrl}</code>${copyButton(key.subscriptionUrl, words)}
<p class="center note"><a href="${key.subscriptionUrl}">${words.open.page}</a></p></div></main>`,
  }
}

/** Where this system installs it from; for an app of other systems, any of theirs. */
const storeOf = ({ stores }: VpnApp, system: System): string => stores[system] ?? Object.values(stores)[0] ?? ''
