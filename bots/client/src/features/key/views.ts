import { appsOf, type Plan, type System, systems, type VpnAppId } from '@vpn-kiosk/domain'
import type { Key, TrialTerms, WayIn } from '@vpn-kiosk/shop'
import { code, type Keyboard, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { openDevices } from '../devices/callbacks.ts'
import { freezeRow } from '../freeze/views.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { renewalRows } from '../purchase/views.ts'
import { openSupport } from '../support/callbacks.ts'
import { takeTrial } from '../trial/callbacks.ts'
import { trialTerms } from '../trial/terms.ts'
import { openKey, openLinks, openSystem } from './callbacks.ts'

export interface KeyScreen {
  readonly key: Key | null
  /** The subscription link as a picture; null while there is nothing to connect with. */
  readonly qr: Uint8Array | null
  /** Null where none is offered. */
  readonly trial: TrialTerms | null
  /** What is offered at one tap where the right has ended; null when nothing is on sale. */
  readonly plan: Plan | null
  /** Said first, e.g. by the notification that the key is ready. */
  readonly heading?: string
}

/** Is there anything to connect with now? */
export const isReady = (key: Key | null): key is Key =>
  key !== null && key.standing === 'active' && key.waysIn.length > 0

/** Servers that are still to come; apps find them by themselves. */
export const isComplete = ({ ready }: Key): boolean => ready.count >= ready.of

/** One link for everything: keys of single servers stand behind a button, for apps that take no subscription. */
export function keyView(t: Translator, { key, qr, trial, plan, heading }: KeyScreen): View {
  if (!isReady(key)) return noKeyView(t, { key, trial, plan })
  const links = linksOf(key)
  const text = [
    heading ?? t('key-title'),
    t('key-subscription', { link: rawHtml(code(key.subscriptionUrl)) }),
    t('key-devices', { limit: key.deviceLimit }),
    ...(isComplete(key) ? [] : [t('key-servers', { count: key.ready.count, of: key.ready.of })]),
  ]
  return {
    text: text.join('\n\n'),
    ...(qr ? { photo: qr } : {}),
    keyboard: [
      [{ text: t.plain('key-copy'), copy_text: { text: key.subscriptionUrl } }],
      ...systemButtons(t),
      ...(links.length > 0 ? [[openLinks.button(t.plain('key-links', { count: links.length }), { page: 0 })]] : []),
      [openDevices.button(t.plain('menu-devices'), {})],
      [menuButton(t)],
    ],
  }
}

interface ShareLink {
  readonly label: string
  readonly protocol: WayIn['protocol']
  readonly uri: string
}

const linksOf = (key: Key): ShareLink[] =>
  key.waysIn.flatMap(({ label, protocol, document }) =>
    document.kind === 'link' ? [{ label, protocol, uri: document.uri }] : [],
  )

const wayInText = (t: Translator, { label, protocol, uri }: ShareLink): string =>
  t('key-way-in', { label: wayInName(t, label, protocol), link: rawHtml(code(uri)) })

/** A way in whose own name says the protocol needs no second word for it. */
function wayInName(t: Translator, label: string, protocol: WayIn['protocol']): string {
  const name = t.plain(`protocol-${protocol}`)
  return label.toLowerCase().includes(name.toLowerCase()) ? label : `${label} · ${name}`
}

function noKeyView(t: Translator, { key, trial, plan }: Pick<KeyScreen, 'key' | 'trial' | 'plan'>): View {
  const standing = key?.standing ?? 'none'
  if (key && standing === 'active' && !key.isPreparing)
    return {
      text: t('key-devices-only'),
      keyboard: [[openDevices.button(t.plain('devices-add'), {}, 'primary')], [menuButton(t)]],
    }
  if (standing === 'active')
    return {
      text: t('key-preparing'),
      keyboard: [
        [openKey.button(t.plain('refresh'), {})],
        [openDevices.button(t.plain('menu-devices'), {})],
        [menuButton(t)],
      ],
    }
  return {
    text: [t(endKey(key)), ...(trial ? [trialTerms(t, trial)] : [])].join('\n\n'),
    keyboard: [...nextStep(t, { key, trial, plan }), [menuButton(t)]],
  }
}

/** Why there is no key. */
function endKey(key: Key | null): string {
  if (key?.standing === 'expired' && key.isTrial) return 'key-none-trial_ended'
  if (key?.standing === 'traffic_used_up' && key.isTrial) return 'key-none-trial_used_up'
  return `key-none-${key?.standing ?? 'none'}`
}

function nextStep(t: Translator, { key, trial, plan }: Pick<KeyScreen, 'key' | 'trial' | 'plan'>): Keyboard {
  if (key?.standing === 'suspended') return [[openSupport.button(t.plain('menu-support'), {}, 'primary')]]
  if (key?.standing === 'frozen') return freezeRow(t, true)
  if (key?.standing === 'held') return [[openKey.button(t.plain('channels-open'), {}, 'primary')]]
  if (key && key.standing !== 'none') return renewalRows(t, plan, key.isTrial)
  return [
    ...(trial ? [[takeTrial.button(t.plain('key-try'), {}, 'success')]] : []),
    [openPlans.button(t.plain('menu-buy'), {}, 'primary')],
  ]
}

const linksPerPage = 4

/** Every share link under its server, for apps that take no subscription. */
export function linksView(t: Translator, key: Key | null, page: number): View {
  const links = key ? linksOf(key) : []
  const last = Math.max(0, Math.ceil(links.length / linksPerPage) - 1)
  const at = Math.min(Math.max(0, page), last)
  const shown = links.slice(at * linksPerPage, (at + 1) * linksPerPage).map((link) => wayInText(t, link))
  const turn = [
    ...(at > 0 ? [openLinks.button(t.plain('page-back'), { page: at - 1 })] : []),
    ...(at < last ? [openLinks.button(t.plain('page-forward'), { page: at + 1 })] : []),
  ]
  return {
    text: [t(shown.length > 0 ? 'links-title' : 'links-none'), ...shown].join('\n\n'),
    keyboard: [...(turn.length > 0 ? [turn] : []), [openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
  }
}

/** The systems we have instructions for, two and three in a row. */
export function systemButtons(t: Translator): Keyboard {
  const buttons = systems.map((system) => openSystem.button(t.plain(`system-${system}`), { system }))
  return [buttons.slice(0, 2), buttons.slice(2)]
}

/** How to connect on one system: install, one tap, switch on. Without a key the import buttons are missing. */
export function systemView(
  t: Translator,
  { system, key, publicUrl }: { readonly system: System; readonly key: Key | null; readonly publicUrl: string },
): View {
  const apps = appsOf(system)
  const rows: Keyboard = apps.map(({ app, storeUrl }) => [
    { text: t.plain('system-install', { app: app.name }), url: storeUrl },
    ...(isReady(key)
      ? [{ text: t.plain('system-import', { app: app.name }), url: importUrl(publicUrl, app.id, key.subscriptionUrl) }]
      : []),
  ])
  const steps = t(isReady(key) ? 'system-steps' : 'system-steps-later', { app: apps[0]?.app.name ?? '' })
  return {
    text: `<b>${t(`system-${system}`)}</b>\n\n${steps}`,
    keyboard: [...rows, [openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
  }
}

/**
 * One tap adds the subscription to an app. Telegram opens only http(s) links, so it goes through the redirect page;
 * `subscriptionUrl` ends with the subscription's token.
 */
const importUrl = (publicUrl: string, app: VpnAppId, subscriptionUrl: string): string =>
  `${publicUrl}/open?app=${app}&t=${encodeURIComponent(subscriptionUrl.split('/').at(-1) ?? '')}`
