import { appsOf, type Clock, daysLeft, hourMs, type OfferedApp, type System, systems } from '@vpn-kiosk/domain'
import type { Key, WayIn } from '@vpn-kiosk/shop'
import { botAt, type Contacts, titleOf } from '../contacts.ts'
import { type Html, html } from '../html/html.ts'
import { logoPath } from '../html/logo-path.ts'
import type { Page } from '../html/page.ts'
import { pageHeader } from '../html/page-header.ts'
import { qrOf } from '../html/qr.ts'
import type { Speech } from '../words/speech.ts'
import type { Situation, Words } from '../words/words.ts'
import { situationOf } from './situation.ts'

export interface PageContext {
  readonly speech: Speech
  readonly contacts: Contacts
  readonly clock: Clock
  readonly system: System
  /** This page in the other language. */
  readonly otherLanguageQuery: string
  /** From the page's address to the root: '' or '../'. */
  readonly toRoot: string
}

/** What a customer sees of a subscription in a browser. */
export async function subscriptionPage(key: Key, context: PageContext): Promise<Page> {
  const { contacts, toRoot } = context
  const { words } = context.speech
  const situation = situationOf(key)
  const status = statusCard(key, situation, context)
  const connect = situation === 'active' ? connectCard(key, context) : null
  const link = situation === 'active' ? await linkCard(key, context) : null
  const ways = situation === 'active' ? waysCard(key, words) : null
  return {
    language: words.language,
    title: `${words.title} · ${contacts.shop.name}`,
    toRoot,
    logoVersion: contacts.shop.logoVersion,
    ...(situation === 'preparing' ? { refreshSeconds: 10 } : {}),
    body: html`${pageHeader({ words, contacts, toRoot, query: context.otherLanguageQuery, isNarrow: !connect })}
<main class="${connect ? 'wide' : 'alone'}"><div class="stack">${status}${connect}</div>${connect ? html`<div class="stack">${link}${ways}</div>` : null}</main>
${footer(words, contacts)}`,
  }
}

/** What stands above the headline when the subscription cannot be used. */
const signs: Readonly<Record<Exclude<Situation, 'active'>, string>> = {
  preparing: '⚙️',
  devices: '📱',
  expired: '⏳',
  trial_ended: '🎁',
  traffic_used_up: '📊',
  suspended: '⛔',
  none: '🛒',
}

function statusCard(key: Key, situation: Situation, { speech, contacts, clock }: PageContext): Html {
  const { words, formats } = speech
  const { title, text } = words.situations[situation]
  if (situation === 'active') {
    return html`<section class="card status">
<p class="state">${title}${key.isTrial ? html` <span class="badge">${words.trial}</span>` : null}</p>
${key.endsAt && html`<h1>${leftOf(clock.now(), key.endsAt, words)}</h1><p class="soft">${words.activeUntil} ${formats.dateTime(key.endsAt)}</p>`}
${meter(key, speech)}${key.isTrial && contacts.bot && html`<a class="button" href="${botAt(contacts.bot, 'renew')}">${words.choosePlan}</a>`}</section>`
  }
  return html`<section class="card status"><p class="emoji" aria-hidden="true">${signs[situation]}</p><h1>${title}</h1>
${endLine(key, situation, speech)}
<p>${text}</p>
${situation === 'traffic_used_up' || situation === 'devices' ? meter(key, speech) : null}
${callToAction(key, situation, words, contacts)}</section>`
}

function endLine({ endsAt }: Key, situation: Situation, { words, formats }: Speech): Html | null {
  if (!endsAt || (situation !== 'expired' && situation !== 'trial_ended' && situation !== 'devices')) return null
  const word = situation === 'devices' ? words.activeUntil : words.endedOn
  return html`<p class="soft">${word} ${formats.dateTime(endsAt)}</p>`
}

function leftOf(now: Date, endsAt: Date, words: Words): string {
  const hours = Math.ceil((endsAt.getTime() - now.getTime()) / hourMs)
  return hours < 24 ? words.hoursLeft(hours) : words.daysLeft(daysLeft(now, endsAt))
}

function meter(key: Key, { words, formats }: Speech): Html {
  const used = formats.bytes(key.trafficUsedBytes)
  const limit = key.trafficLimitBytes
  if (limit === null) {
    return html`<div class="meter"><div>${words.traffic} <span>${used} · ${words.unlimited}</span></div></div>`
  }
  const permille = limit === 0n ? 1000 : Math.min(1000, Number((key.trafficUsedBytes * 1000n) / limit))
  return html`<div class="meter"><div>${words.traffic} <span>${words.trafficOf(used, formats.bytes(limit))}</span></div>
<progress class="${permille >= 900 ? 'full' : 'part'}" max="1000" value="${permille}" aria-label="${words.traffic}"></progress></div>`
}

function callToAction({ isTrial }: Key, situation: Situation, words: Words, contacts: Contacts): Html | null {
  const { bot, support } = contacts
  if (situation === 'active' || situation === 'preparing') return null
  if (situation === 'suspended') return support && buttonTo(support.url, words.writeSupport)
  if (!bot) return null
  if (situation === 'devices') return buttonTo(botAt(bot, 'devices'), words.openBot)
  return buttonTo(botAt(bot, 'renew'), isTrial || situation === 'none' ? words.choosePlan : words.renew)
}

const buttonTo = (url: string, label: string): Html => html`<a class="button first" href="${url}">${label}</a>`

function connectCard(key: Key, { speech: { words }, contacts, system }: PageContext): Html {
  const title = titleOf(contacts)
  const { install, press, turnOn } = words.connect
  return html`<section class="card"><h2>${words.connect.title}</h2>
<ol class="steps"><li>${install}</li><li>${press}</li><li>${turnOn}</li></ol>
<div class="tabs" role="group" aria-label="${words.chooseSystem}">
${systems.map((one) => html`<input type="radio" name="os" id="os-${one}"${one === system ? html` checked` : null}><label for="os-${one}">${words.systems[one]}</label>`)}
${systems.map((one) => html`<div class="apps ${one}">${appsOf(one).map((offered, index) => appButtons(offered, { key, title, words, isFirst: index === 0 }))}</div>`)}
</div></section>`
}

/** The way to its store, then the one that adds the subscription once it is installed. */
function appButtons({ app, storeUrl }: OfferedApp, { key, title, words, isFirst }: AppContext): Html {
  const mark = isFirst ? html` <small>${words.recommended}</small>` : null
  return html`<div class="app"><b>${app.name}${mark}</b><a class="button" href="${storeUrl}" aria-label="${words.install(app.name)}">${words.installShort}</a>
<a class="button${isFirst ? ' first' : ''}" href="${app.importLink(key.subscriptionUrl, title)}">${words.addTo(app.name)}</a></div>`
}

interface AppContext {
  readonly key: Key
  readonly title: string
  readonly words: Words
  readonly isFirst: boolean
}

async function linkCard(key: Key, { speech: { words }, contacts: { shop }, toRoot }: PageContext): Promise<Html> {
  const logoUrl = shop.logoVersion ? `${toRoot}${logoPath(shop.logoVersion)}` : null
  return html`<section class="card"><h2>${words.link.title}</h2>
<p class="soft">${words.link.text}</p>
<code>${key.subscriptionUrl}</code>${copyButton(key.subscriptionUrl, words)}
${await qrOf(key.subscriptionUrl, logoUrl)}<p class="soft center">${words.link.scan}</p>
<p class="soft note">🔒 ${words.link.personal}</p></section>`
}

export const copyButton = (text: string, words: Words): Html =>
  html`<button type="button" class="button" data-copy="${text}" data-done="✓ ${words.copied}">${words.copy}</button>`

function waysCard({ waysIn, ready }: Key, words: Words): Html {
  const rest =
    ready.count < ready.of ? html`<p class="soft">⏳ ${words.waysIn.someReady(ready.count, ready.of)}</p>` : null
  return html`<section class="card"><h2>${words.waysIn.title}</h2><p class="soft">${words.waysIn.text}</p>${rest}
<ul class="ways">${waysIn.map((way) => html`<li><b>${way.label} ${protocolOf(way)}</b>${documentOf(way, words)}</li>`)}</ul></section>`
}

/** A way in whose own name says the protocol needs no second word for it. */
const protocolOf = ({ label, protocol }: WayIn): Html | null =>
  label.toLowerCase().includes(protocol) ? null : html`<small>${protocol}</small>`

function documentOf({ document }: WayIn, words: Words): Html {
  if (document.kind === 'link') {
    return html`<details><summary>${words.waysIn.show}</summary><code>${document.uri}</code>${copyButton(document.uri, words)}</details>`
  }
  const data = `data:${document.mediaType};base64,${Buffer.from(document.body, 'utf8').toString('base64')}`
  return html`<a class="button" download="${document.name}" href="${data}">${words.waysIn.download} ${document.name}</a>`
}

function footer(words: Words, { bot, support }: Contacts): Html | null {
  if (!bot && !support) return null
  return html`<footer>${bot && html`<a href="${bot.url}">${words.openBot}</a>`}${support && html`<a href="${support.url}">${words.writeSupport}</a>`}</footer>`
}
