import { appsOf, type Clock, daysLeft, hourMs, type OfferedApp, type System, systems } from '@vpn-kiosk/domain'
import type { Translator } from '@vpn-kiosk/i18n'
import type { Key, WayIn } from '@vpn-kiosk/shop'
import { botAt, type Contacts, titleOf } from '../contacts.ts'
import { type Html, html } from '../html/html.ts'
import type { Page } from '../html/page.ts'
import { pageHeader } from '../html/page-header.ts'
import { renderQrSvg } from '../html/render-qr-svg.ts'
import { logoPath } from '../logo/logo-path.ts'
import { type Situation, situationKey, situationOf } from './situation.ts'

export interface PageContext {
  readonly t: Translator
  readonly contacts: Contacts
  readonly clock: Clock
  readonly system: System
  /** The query of this page in another language, without `lang`. */
  readonly query: URLSearchParams
  /** From the page's address to the root: '' or '../'. */
  readonly toRoot: string
}

/** What a customer sees of a subscription in a browser. */
export async function subscriptionPage(key: Key, context: PageContext): Promise<Page> {
  const { t, contacts, toRoot } = context
  const situation = situationOf(key)
  const status = statusCard(key, situation, context)
  const connect = situation === 'active' ? connectCard(key, context) : null
  const link = situation === 'active' ? await linkCard(key, context) : null
  const ways = situation === 'active' ? waysCard(key, t) : null
  return {
    language: t.language,
    title: `${t.plain('page-title')} · ${contacts.shop.name}`,
    toRoot,
    logoVersion: contacts.shop.logoVersion,
    ...(situation === 'preparing' ? { refreshSeconds: 10 } : {}),
    body: html`${pageHeader({ t, contacts, toRoot, query: context.query, isNarrow: !connect })}
<main class="${connect ? 'wide' : 'alone'}"><div class="stack">${status}${connect}</div>${connect ? html`<div class="stack">${link}${ways}</div>` : null}</main>
${footer(t, contacts)}`,
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
  held: '📢',
  frozen: '❄️',
  none: '🛒',
}

function statusCard(key: Key, situation: Situation, { t, contacts, clock }: PageContext): Html {
  const title = t.plain(`${situationKey(situation)}-title`)
  if (situation === 'active') {
    return html`<section class="card status">
<p class="state">${title}${key.isTrial ? html` <span class="badge">${t.plain('trial')}</span>` : null}</p>
${key.endsAt && html`<h1>${leftOf(clock.now(), key.endsAt, t)}</h1><p class="soft">${t.plain('active-until')} ${t.fullDateTime(key.endsAt)}</p>`}
${meter(key, t)}${key.isTrial && contacts.bot && html`<a class="button" href="${botAt(contacts.bot, 'renew')}">${t.plain('choose-plan')}</a>`}</section>`
  }
  return html`<section class="card status"><p class="emoji" aria-hidden="true">${signs[situation]}</p><h1>${title}</h1>
${endLine(key, situation, t)}
<p>${t.plain(`${situationKey(situation)}-text`)}</p>
${situation === 'traffic_used_up' || situation === 'devices' ? meter(key, t) : null}
${callToAction(key, situation, t, contacts)}</section>`
}

function endLine({ endsAt }: Key, situation: Situation, t: Translator): Html | null {
  if (!endsAt || (situation !== 'expired' && situation !== 'trial_ended' && situation !== 'devices')) return null
  const word = situation === 'devices' ? t.plain('active-until') : t.plain('ended-on')
  return html`<p class="soft">${word} ${t.fullDateTime(endsAt)}</p>`
}

function leftOf(now: Date, endsAt: Date, t: Translator): string {
  const hours = Math.ceil((endsAt.getTime() - now.getTime()) / hourMs)
  return hours < 24 ? t.plain('hours-left', { hours }) : t.plain('days-left', { days: daysLeft(now, endsAt) })
}

function meter(key: Key, t: Translator): Html {
  const used = t.bytes(key.trafficUsedBytes)
  const limit = key.trafficLimitBytes
  if (limit === null) {
    return html`<div class="meter"><div>${t.plain('traffic')} <span>${used} · ${t.plain('unlimited')}</span></div></div>`
  }
  const permille = limit === 0n ? 1000 : Math.min(1000, Number((key.trafficUsedBytes * 1000n) / limit))
  return html`<div class="meter"><div>${t.plain('traffic')} <span>${t.plain('traffic-of', { used, limit: t.bytes(limit) })}</span></div>
<progress class="${permille >= 900 ? 'full' : 'part'}" max="1000" value="${permille}" aria-label="${t.plain('traffic')}"></progress></div>`
}

function callToAction({ isTrial }: Key, situation: Situation, t: Translator, contacts: Contacts): Html | null {
  const { bot, support } = contacts
  if (situation === 'active' || situation === 'preparing') return null
  if (situation === 'suspended') return support && buttonTo(support.url, t.plain('write-support'))
  if (!bot) return null
  if (situation === 'held' || situation === 'frozen') return buttonTo(bot.url, t.plain('open-bot'))
  if (situation === 'devices') return buttonTo(botAt(bot, 'devices'), t.plain('open-bot'))
  return buttonTo(botAt(bot, 'renew'), isTrial || situation === 'none' ? t.plain('choose-plan') : t.plain('renew'))
}

const buttonTo = (url: string, label: string): Html => html`<a class="button first" href="${url}">${label}</a>`

function connectCard(key: Key, { t, contacts, system }: PageContext): Html {
  const title = titleOf(contacts)
  const steps = ['connect-install', 'connect-press', 'connect-turn-on']
  return html`<section class="card"><h2>${t.plain('connect-title')}</h2>
<ol class="steps">${steps.map((step) => html`<li>${t.plain(step)}</li>`)}</ol>
<div class="tabs" role="group" aria-label="${t.plain('choose-system')}">
${systems.map((one) => html`<input type="radio" name="os" id="os-${one}"${one === system ? html` checked` : null}><label for="os-${one}">${t.plain(`system-${one}`)}</label>`)}
${systems.map((one) => html`<div class="apps ${one}">${appsOf(one).map((offered, index) => appButtons(offered, { key, title, t, isFirst: index === 0 }))}</div>`)}
</div></section>`
}

/** The way to its store, then the one that adds the subscription once it is installed. */
function appButtons({ app, storeUrl }: OfferedApp, { key, title, t, isFirst }: AppContext): Html {
  const mark = isFirst ? html` <small>${t.plain('recommended')}</small>` : null
  return html`<div class="app"><b>${app.name}${mark}</b><a class="button" href="${storeUrl}" aria-label="${t.plain('install', { app: app.name })}">${t.plain('install-short')}</a>
<a class="button${isFirst ? ' first' : ''}" href="${app.importLink(key.subscriptionUrl, title)}">${t.plain('add-to', { app: app.name })}</a></div>`
}

interface AppContext {
  readonly key: Key
  readonly title: string
  readonly t: Translator
  readonly isFirst: boolean
}

async function linkCard(key: Key, { t, contacts: { shop }, toRoot }: PageContext): Promise<Html> {
  const logoUrl = shop.logoVersion ? `${toRoot}${logoPath(shop.logoVersion)}` : null
  return html`<section class="card"><h2>${t.plain('link-title')}</h2>
<p class="soft">${t.plain('link-text')}</p>
<code>${key.subscriptionUrl}</code>${copyButton(key.subscriptionUrl, t)}
${await renderQrSvg(key.subscriptionUrl, logoUrl)}<p class="soft center">${t.plain('link-scan')}</p>
<p class="soft note">🔒 ${t.plain('link-personal')}</p></section>`
}

export const copyButton = (text: string, t: Translator): Html =>
  html`<button type="button" class="button" data-copy="${text}" data-done="✓ ${t.plain('copied')}">${t.plain('copy')}</button>`

function waysCard({ waysIn, ready }: Key, t: Translator): Html {
  const rest =
    ready.count < ready.of
      ? html`<p class="soft">⏳ ${t.plain('ways-in-some-ready', { ready: ready.count, of: ready.of })}</p>`
      : null
  return html`<section class="card"><h2>${t.plain('ways-in-title')}</h2><p class="soft">${t.plain('ways-in-text')}</p>${rest}
<ul class="ways">${waysIn.map((way) => html`<li><b>${way.label} ${protocolOf(way)}</b>${documentOf(way, t)}</li>`)}</ul></section>`
}

/** A way in whose own name says the protocol needs no second word for it. */
const protocolOf = ({ label, protocol }: WayIn): Html | null =>
  label.toLowerCase().includes(protocol) ? null : html`<small>${protocol}</small>`

function documentOf({ document }: WayIn, t: Translator): Html {
  if (document.kind === 'link') {
    return html`<details><summary>${t.plain('ways-in-show')}</summary><code>${document.uri}</code>${copyButton(document.uri, t)}</details>`
  }
  const data = `data:${document.mediaType};base64,${Buffer.from(document.body, 'utf8').toString('base64')}`
  return html`<a class="button" download="${document.name}" href="${data}">${t.plain('ways-in-download')} ${document.name}</a>`
}

function footer(t: Translator, { bot, support }: Contacts): Html | null {
  if (!bot && !support) return null
  return html`<footer>${bot && html`<a href="${bot.url}">${t.plain('open-bot')}</a>`}${support && html`<a href="${support.url}">${t.plain('write-support')}</a>`}</footer>`
}
