import { icon, openDialog, type Page } from '@vpn-kiosk/telegram-simulator/page'
import { html } from 'lit-html'

const settledMs = 1600

/** A page of this world in a window over the chats, as Telegram opens one. A paid invoice closes it by itself. */
export function openBrowser(page: Page, url: string, isPayment: boolean, follow: (url: string) => void): void {
  const { say, language } = page
  const shown = isPayment ? `${url}?lang=${language}` : url
  const tab = html`<a class="round" href=${shown} target="_blank" rel="noopener" title=${say('open-in-tab')}>${icon('open')}</a>`
  const dialog = openDialog(page, { title: say('browser'), look: 'browser', actions: tab })
  const loaded = (event: Event): void => {
    const inside = (event.currentTarget as HTMLIFrameElement).contentDocument
    if (!inside) return
    if (isPayment && inside.querySelector('.state') && !inside.querySelector('form'))
      setTimeout(dialog.close, settledMs)
    inside.addEventListener('click', (click) => {
      const link = (click.target as Element | null)?.closest?.('a')
      if (!link || !/^(https?:\/\/(t|telegram)\.me\/|tg:)/.test(link.href)) return
      click.preventDefault()
      dialog.close()
      follow(link.href)
    })
  }
  dialog.show(html`<iframe class="browser-frame" src=${shown} title=${say('browser')} @load=${loaded}></iframe>`)
}
