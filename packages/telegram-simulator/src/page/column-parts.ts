import { html, type TemplateResult } from 'lit-html'
import { badge, icon } from './icon.ts'
import { type Menu, menuItem } from './menu.ts'
import type { Page } from './page.ts'
import type { ChatTab, Seat } from './seat.ts'
import type { ChatRef } from './store.ts'

interface TabsOptions {
  readonly chats: readonly ChatTab[]
  readonly seat: Seat
  open(ref: ChatRef): void
}

export const tabsView = (page: Page, { chats, seat, open }: TabsOptions): TemplateResult =>
  html`<div class="tabs" role="tablist" ?hidden=${chats.length < 2}>${chats.map(
    ({ ref, title, symbol }) =>
      html`<button class="tab ${ref === seat.ref ? 'open' : ''}" type="button" role="tab" aria-selected=${ref === seat.ref}
        @click=${() => open(ref)}>${symbol} ${title}${badge(page.store.unread(seat.person, ref))}</button>`,
  )}</div>`

interface BeginOptions {
  readonly symbol: string
  /** What the bot says of itself; '' says nothing. */
  readonly about: string
  readonly isBlocked: boolean
  start(): void
}

/** What stands in a chat with a bot before its first message, and while it is blocked. */
export function beginView({ say }: Page, { symbol, about, isBlocked, start }: BeginOptions): TemplateResult {
  const face = html`<div class="empty-symbol">${symbol}</div>`
  const card = about
    ? html`<div class="about">${face}<b>${say('bot-about')}</b><p>${about}</p></div>`
    : html`<div class="about bare">${face}</div>`
  return html`<div class="begin">${isBlocked ? html`<p class="hint">${say('blocked-bot')}</p>` : card}
    <button class="primary start" type="button" @click=${start}>${say(isBlocked ? 'unblock' : 'start')}</button></div>`
}

/** The menu that blocks a bot, or unblocks it. */
export const blockView = ({ say }: Page, menu: Menu, isBlocked: boolean, toggle: () => void): TemplateResult =>
  menu.view(html`<button class="round" type="button" title="⋯" @click=${menu.toggle}>${icon('menu')}</button>`, () =>
    menuItem(isBlocked ? '🔓' : '🚫', say(isBlocked ? 'unblock' : 'block'), toggle),
  )
