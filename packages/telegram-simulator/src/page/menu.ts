import { html, type TemplateResult } from 'lit-html'

type Content = TemplateResult | readonly TemplateResult[]

export interface Menu {
  /** The button with its menu, when that is open. */
  view(button: TemplateResult, content: () => Content): TemplateResult
  toggle(): void
  close(): void
}

/** A small menu at its button. It goes away at the next click or Escape; one that `stays` only at a click outside. */
export function createMenu(redraw: () => void, { look = '', stays = false } = {}): Menu {
  let isOpen = false
  const set = (next: boolean): void => {
    isOpen = next
    const change = next ? 'addEventListener' : 'removeEventListener'
    // The click that opens it is still on its way up.
    setTimeout(() => document[change]('click', closeAtClick as EventListener))
    document[change]('keydown', closeAtEscape as EventListener)
    redraw()
  }
  const closeAtClick = (event: MouseEvent): void => {
    if (!(stays && event.target instanceof Element && event.target.closest('.menu'))) set(false)
  }
  const closeAtEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') set(false)
  }
  return {
    view: (button, content) =>
      html`<div class="anchor">${button}${isOpen ? html`<div class="menu ${look} ${stays ? 'stays' : ''}" role="menu">${content()}</div>` : null}</div>`,
    toggle: () => set(!isOpen),
    close: () => isOpen && set(false),
  }
}

export const menuItem = (symbol: string, label: string | TemplateResult, act: () => void): TemplateResult =>
  html`<button class="menu-item" type="button" role="menuitem" @click=${act}><span class="menu-symbol">${symbol}</span><span>${label}</span></button>`
