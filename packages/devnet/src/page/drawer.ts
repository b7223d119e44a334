import { openDialog, type Page } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'

const refreshMs = 1500

export interface Drawer {
  readonly element: HTMLElement
  refresh(): Promise<void>
  close(): void
}

/** A window at the side that is kept up to date for as long as it is open. */
export function openDrawer(page: Page, title: string, view: (drawer: Drawer) => Promise<TemplateResult>): Drawer {
  const dialog = openDialog(page, { title, look: 'drawer' })
  const drawer: Drawer = {
    element: dialog.element,
    refresh: async () => dialog.show(html`<div class="drawer-body">${await view(drawer)}</div>`),
    close: dialog.close,
  }
  const timer = setInterval(() => (dialog.element.open ? void drawer.refresh() : clearInterval(timer)), refreshMs)
  void drawer.refresh()
  return drawer
}
