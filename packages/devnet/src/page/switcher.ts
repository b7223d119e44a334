import { badge, type Column, type Page } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'

const symbols: Readonly<Record<string, string>> = { customer: '🙂', agent: '🎧', admin: '📊' }

/** On a narrow screen one column is seen at a time. */
export function createSwitcher(page: Page, columns: readonly Column[]) {
  const isNarrow = matchMedia('(max-width: 960px)')
  isNarrow.onchange = page.redraw
  let shown = columns[0]?.role ?? ''
  const reveal = (role: string): void => {
    shown = role
    page.redraw()
  }
  const button = (column: Column): TemplateResult =>
    html`<button class=${column.role === shown ? 'open' : ''} type="button" @click=${() => reveal(column.role)}>
      <span>${symbols[column.role]}</span>${page.say(column.role)}${badge(column.unread())}</button>`
  return {
    reveal,
    shown: (): string => shown,
    /** The columns that are before somebody's eyes. */
    seen: (): readonly Column[] => columns.filter(({ role }) => !isNarrow.matches || role === shown),
    view: (): TemplateResult => html`<nav class="switcher">${columns.map(button)}</nav>`,
  }
}
