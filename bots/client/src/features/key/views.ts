import type { Key, WayIn } from '@vpn-kiosk/shop'
import { code, type Keyboard, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { openDevices } from '../devices/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { buyKey } from '../subscription/views.ts'
import { takeTrial } from '../trial/callbacks.ts'
import { appsOf, importUrl, type System, systems } from './apps.ts'
import { openKey, openLinks, openSystem } from './callbacks.ts'

export interface KeyScreen {
  readonly key: Key | null
  /** The subscription link as a picture; null while there is nothing to connect with. */
  readonly qr: Uint8Array | null
  readonly offersTrial: boolean
  /** Said first, e.g. by the notice that the key is ready. */
  readonly heading?: string
}

/** Is there anything to connect with now? */
export const isReady = (key: Key | null): key is Key =>
  key !== null && key.standing === 'active' && key.waysIn.length > 0

export function keyView(t: Translator, { key, qr, offersTrial, heading }: KeyScreen): View {
  if (!isReady(key)) return noKeyView(t, key, offersTrial)
  const top = [heading ?? t('key-title'), t('key-subscription', { link: rawHtml(code(key.subscriptionUrl)) })]
  const links = linksOf(key).map((link) => wayInText(t, link))
  const whole = [...top, ...links].join('\n\n')
  const fits = visibleLength(whole) <= maxCaption
  return {
    text: fits ? whole : top.join('\n\n'),
    ...(qr ? { photo: qr } : {}),
    keyboard: [
      [{ text: t.plain('key-copy'), copy_text: { text: key.subscriptionUrl } }],
      ...systemButtons(t),
      ...(fits ? [] : [[openLinks.button(t.plain('key-links', { count: links.length }), { page: 0 })]]),
      [openDevices.button(t.plain('menu-devices'), {})],
      [menuButton(t)],
    ],
  }
}

/** Telegram's limit is 1024 without the tags; some room is left for entities. */
const maxCaption = 1000

const visibleLength = (html: string): number => html.replace(/<[^>]*>/g, '').length

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
  t('key-way-in', { label, protocol: t.plain(`protocol-${protocol}`), link: rawHtml(code(uri)) })

function noKeyView(t: Translator, key: Key | null, offersTrial: boolean): View {
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
  const trial = offersTrial ? [[takeTrial.button(t.plain('key-try'), {}, 'success')]] : []
  const buy = [openPlans.button(t.plain(buyKey(key)), {}, 'primary')]
  return { text: t(`key-none-${standing}`), keyboard: [...trial, buy, [menuButton(t)]] }
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
    text: [t(shown.length > 0 ? 'links-title' : 'key-preparing'), ...shown].join('\n\n'),
    keyboard: [...(turn.length > 0 ? [turn] : []), [openKey.button(t.plain('back'), {})]],
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
  const apps = appsOf[system]
  const rows: Keyboard = apps.map((app) => [
    { text: t.plain('system-install', { app: app.name }), url: app.storeUrl },
    ...(isReady(key)
      ? [{ text: t.plain('system-import', { app: app.name }), url: importUrl(publicUrl, app.id, key.subscriptionUrl) }]
      : []),
  ])
  const steps = t(isReady(key) ? 'system-steps' : 'system-steps-later', { app: apps[0].name })
  return {
    text: `<b>${t(`system-${system}`)}</b>\n\n${steps}`,
    keyboard: [...rows, [openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
  }
}
