import type { System, VpnApp } from '@vpn-kiosk/domain'
import type { Translator } from '@vpn-kiosk/i18n'
import type { Key } from '@vpn-kiosk/shop'
import { type Contacts, titleOf } from '../contacts.ts'
import { html } from '../html/html.ts'
import type { Page } from '../html/page.ts'
import { pageHeader } from '../html/page-header.ts'
import { copyButton } from '../subscription/subscription-page.ts'

export interface OpenContext {
  readonly t: Translator
  readonly contacts: Contacts
  /** What the visitor's browser runs on. */
  readonly system: System
  /** The query of this page, without `lang`. */
  readonly query: URLSearchParams
}

/** Opens the app by itself where the browser lets it, by a press where it does not; who has not got it finds it. */
export function openPage(app: VpnApp, key: Key, context: OpenContext): Page {
  const { t, contacts, query } = context
  const link = app.importLink(key.subscriptionUrl, titleOf(contacts))
  return {
    language: t.language,
    title: `${t.plain('open-title', { app: app.name })} · ${contacts.shop.name}`,
    toRoot: '',
    logoVersion: contacts.shop.logoVersion,
    body: html`${pageHeader({ t, contacts, toRoot: '', query, isNarrow: true })}
<main class="alone"><div class="card center"><section><p class="emoji" aria-hidden="true">🚀</p><h1>${t.plain('open-title', { app: app.name })}</h1>
<p class="soft">${t.plain('open-text')}</p>
<a class="button first" data-open href="${link}">${t.plain('open-button', { app: app.name })}</a>
<p class="soft note">${t.plain('open-nothing')}</p>
<a class="button" href="${storeOf(app, context.system)}">⬇️ ${t.plain('install', { app: app.name })}</a></section></div>
<div class="card"><p class="soft">${t.plain('open-otherwise')}</p><code>${key.subscriptionUrl}</code>${copyButton(key.subscriptionUrl, t)}
<p class="center note"><a href="${key.subscriptionUrl}">${t.plain('open-page')}</a></p></div></main>`,
  }
}

/** Where this system installs it from; for an app of other systems, any of theirs. */
const storeOf = ({ stores }: VpnApp, system: System): string => stores[system] ?? Object.values(stores)[0] ?? ''
