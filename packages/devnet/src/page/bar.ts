import { chooseLanguage, createMenu, icon, type Page, showToast } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'
import { openInvoices } from './invoices.ts'
import { openKeys } from './keys.ts'
import { switchView } from './switch.ts'
import { troubleView } from './trouble.ts'
import type { Stage, State } from './world-client.ts'

const hourMs = 3_600_000
const leaps = [
  ['plus-hour', hourMs],
  ['plus-day', 24 * hourMs],
  ['plus-month', 30 * 24 * hourMs],
] as const

interface BarOptions {
  readonly stage: Stage
  readonly languages: readonly string[]
  /** Null until the world has answered. */
  state(): State | null
  change(verb: string, body: object): Promise<void>
  follow(url: string): void
}

export interface Bar {
  view(): TemplateResult
  /** Draws attention to the bar, also where it is folded. */
  point(): void
}

/** The bar that moves the world around the business: its clock, what is broken, and what the servers hold. */
export function createBar(page: Page, { stage, languages, state, change, follow }: BarOptions): Bar {
  const { say, formats, redraw } = page
  const trouble = createMenu(redraw, { look: '', stays: true })
  let isMoving = false
  let isUnfolded = false
  let isPointed = false

  const leap = async (ms: number): Promise<void> => {
    isMoving = true
    showToast(say('moving'))
    redraw()
    await change('advance', { ms })
    isMoving = false
    redraw()
  }
  const clockView = (): TemplateResult => {
    const at = page.now()
    const buttons = leaps.map(
      ([key, ms]) => html`<button class="leap" type="button" @click=${() => leap(ms)}>${say(key)}</button>`,
    )
    return html`<div class="clock" title=${say('clock')}><div class="clock-face">
      <span><b>${formats.time(at)}</b> <small class="clock-zone">${zoneOf(page, stage.timeZone, at)}</small></span><small>${formats.weekday(at)}</small></div>${buttons}</div>`
  }
  const toolsView = (): TemplateResult => {
    const now = state()
    const areOn = Object.values(now?.providers ?? {}).every(({ webhooks }) => webhooks)
    const { accounts = 0, peers = 0, openInvoices: open = 0 } = now?.counts ?? {}
    const button = html`<button class="chip" type="button" title=${say('trouble-hint')} @click=${trouble.toggle}>🧨 ${say('trouble')}</button>`
    return html`<div class="bar-tools">
      ${switchView(say('panel'), now?.panel ?? true, [say('works'), say('down')], (isUp) => void change('panel', { isUp }))}
      ${switchView(say('webhooks'), areOn, [say('arrive'), say('get-lost')], (isOn) => void change('webhooks', { isOn }))}
      <button class="chip" type="button" @click=${() => openKeys(page, stage)}>🔑 ${say('keys')}${countView(accounts + peers)}</button>
      <button class="chip" type="button" @click=${() => openInvoices(page, follow)}>🧾 ${say('invoices')}${countView(open)}</button>
      ${trouble.view(button, () => troubleView(page, now, change, trouble.close))}</div>`
  }
  const endView = (): TemplateResult => {
    const others = languages.filter((language) => language !== page.language)
    const nameOf = (language: string) =>
      new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
    return html`<div class="bar-end">${others.map(
      (language) =>
        html`<button class="round text" type="button" title=${nameOf(language)} @click=${() => chooseLanguage(language)}>${language.toUpperCase()}</button>`,
    )}<button class="round" type="button" title=${say('theme')} @click=${switchTheme}>${icon('sun')}</button>
      <button class="round more" type="button" title=${say('world')} @click=${unfold}>${icon('menu')}</button></div>`
  }
  const unfold = (): void => {
    isUnfolded = !isUnfolded
    redraw()
  }
  setInterval(redraw, 1000)
  return {
    view: () => {
      const classes = [isMoving && 'moving', isUnfolded && 'unfolded', isPointed && 'pointed'].filter(Boolean).join(' ')
      return html`<header class="bar ${classes}"><div class="brand"><img src="/page/icon.svg" alt="" /><b>VPN Kiosk</b><span class="tag">${say('demo')}</span></div>
        ${clockView()}${toolsView()}${endView()}</header>`
    },
    point: () => {
      isUnfolded = true
      isPointed = true
      redraw()
      setTimeout(() => {
        isPointed = false
        redraw()
      }, 1600)
    },
  }
}

/** How the shop's zone is called at an instant: `MSK`, `GMT+2`. */
function zoneOf({ say, language }: Page, timeZone: string, at: number): string {
  if (timeZone === 'Europe/Moscow') return say('moscow')
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

const countView = (count: number): TemplateResult => html`<span class="count">${count > 0 ? count : ''}</span>`

function switchTheme(): void {
  const root = document.documentElement
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = isDark ? 'light' : 'dark'
  localStorage.setItem('theme', root.dataset.theme)
}
